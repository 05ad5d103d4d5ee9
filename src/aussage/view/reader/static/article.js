// The article as a person reads it: each character once, claims as lines under the words, mentions as outlines.

const LANE = 5; // the height of a lane in pixels
const covering = new WeakMap(); // segment -> the claims over it

// One line as background pictures: pieces of {image, size, top}, from the height of its lane downwards.
function lineOf({ certainty, negated }, colour) {
  if (certainty === 'open') {
    const slope = (angle) => `linear-gradient(${angle}deg, transparent 38%, ${colour} 38% 62%, transparent 62%)`;
    return [45, 135].map((angle) => ({ image: slope(angle), size: '5px 4px', left: 0, top: 0 }));
  }
  const share = { certain: ['100%', 8], probable: ['70%', 10], possible: ['45%', 4] }[certainty];
  const image = `linear-gradient(90deg, ${colour} ${share[0]}, transparent ${share[0]})`;
  const piece = (top, height) => ({ image, size: `${share[1]}px ${height}px`, left: 0, top });
  return negated ? [piece(0, 1.2), piece(2.6, 1.2)] : [piece(0.6, 2.2)];
}

function linesStyle(claims, lanes) {
  const pieces = claims.flatMap((claim) => {
    return lineOf(patternOf(claim), colourOf(claim)).map((piece) => ({ ...piece, lane: claim.lane }));
  });
  const bottom = (piece) => (lanes - piece.lane) * LANE - piece.top - parseFloat(piece.size.split(' ')[1]);
  return {
    'background-image': pieces.map((piece) => piece.image).join(', '),
    'background-size': pieces.map((piece) => piece.size).join(', '),
    'background-position': pieces.map((piece) => `left ${piece.left}px bottom ${bottom(piece)}px`).join(', '),
  };
}

function spansShown() {
  const layer = shownLayer();
  const claims = state.shown.claims ? inOrder(layer).filter(isChosen) : [];
  const spans = claims.flatMap((claim) => claim.content_spans.map(([start, end], piece) => ({ start, end, claim, piece })));
  for (const mention of layer.mentions) {
    if (state.shown[mention.kind === 'actor' ? 'actors' : 'places']) spans.push({ ...mention, mention });
  }
  if (state.item && state.item.spans) spans.push(...state.item.spans);
  return spans;
}

function showText() {
  const { article } = state;
  const spans = spansShown();
  const paragraphs = paragraphsOf(article.text).map(([start, end]) => paragraph(start, end, spans));
  byId('text').replaceChildren(...paragraphs);
  byId('text').lang = article.document.language;
}

function paragraph(start, end, spans) {
  const starts = sentencesFrom(start, end).map((sentence) => ({ start: sentence.start, end: sentence.start + 1, sentence }));
  const here = spans.concat(starts);
  const inside = here.filter((span) => span.claim && span.start < end && span.end > start);
  const lanes = inside.reduce((most, span) => Math.max(most, span.claim.lane + 1), 0);
  const element = make('p', { style: { '--lanes': lanes } });
  // A sentence's number stands before its first word: cut there, but do not cut behind its first character.
  const cuts = here.map((span) => (span.sentence ? { ...span, end } : span));
  for (const segment of segmentsOf(start, end, cuts)) {
    const begin = segment.spans.filter((span) => span.start === segment.start);
    for (const span of begin) if (span.sentence && state.shown.sentences) element.append(sentenceNumber(span.sentence));
    for (const span of begin) if (span.claim) element.append(claimNumber(span.claim, span.piece));
    element.append(words(segment, lanes));
  }
  return element;
}

function sentencesFrom(start, end) {
  return state.article.sentences.filter((sentence) => sentence.start >= start && sentence.start < end);
}

function sentenceNumber(sentence) {
  return make('a', {
    class: 'sentence', href: addressOf(sentence.sentence_id), 'data-number': sentence.position,
    'aria-label': `${sentence.position} ${say('sentence')}`, 'data-id': sentence.sentence_id,
  });
}

function claimNumber(claim, piece) {
  const label = `${markOf(claim)} ${say('claim')} ${claim.number}: ${claimantNames(claim)}, ${valueLabel('type', claim.claim_type)}, `
    + valueLabel('modality', claim.modality);
  const first = piece === 0;
  return make(first ? 'a' : 'span', {
    class: first ? 'number' : 'number again', 'data-number': (first ? '' : '…') + markOf(claim), 'data-id': claim.claim_id,
    href: first ? addressOf(claim.claim_id) : null, 'aria-label': first ? label : null, 'aria-hidden': first ? null : 'true',
    'aria-current': state.item && state.item.id === claim.claim_id ? 'true' : null, style: { '--colour': colourOf(claim) },
  });
}

// A piece of the text with its lines below; outlines of mentions stand inside, so that they end above the lines.
function words(segment, lanes) {
  const claims = segment.spans.filter((span) => span.claim).map((span) => span.claim);
  const mentions = segment.spans.filter((span) => span.mention);
  const marks = segment.spans.filter((span) => span.mark).map((span) => `mark-${span.mark}`);
  let inner = document.createTextNode(state.article.text.slice(segment.start, segment.end));
  if (!claims.length && !mentions.length && !marks.length) return inner;
  for (const span of mentions.slice().sort((a, b) => b.start - a.start || a.end - b.end)) {
    const edges = `${span.start === segment.start ? ' first' : ''}${span.end === segment.end ? ' last' : ''}`;
    inner = make('span', { class: `mention ${span.mention.kind}${edges}`, 'data-id': span.mention.mention_id }, inner);
  }
  const chosen = state.item && claims.some((claim) => claim.claim_id === state.item.id) ? ' chosen' : '';
  const style = claims.length ? linesStyle(claims, lanes) : {};
  const element = make('span', { class: `segment${chosen} ${marks.join(' ')}`.trim(), style }, inner);
  covering.set(element, claims);
  return element;
}

// What a click on words means: the mention first, then the claims from the shortest to the longest, then round again.
function itemsUnder(target) {
  const ids = [];
  for (let at = target; at && at.id !== 'text'; at = at.parentElement) {
    if (at.classList.contains('mention')) {
      const mention = shownLayer().mentions.find((one) => one.mention_id === at.dataset.id);
      if (mention) ids.push(mention.actor_id || mention.location_id);
    }
    if (at.classList.contains('number')) return [at.dataset.id];
    if (covering.has(at)) {
      const length = (claim) => claim.content_spans.reduce((sum, [a, b]) => sum + b - a, 0);
      const claims = [...covering.get(at)].sort((a, b) => length(a) - length(b));
      ids.push(...claims.map((claim) => claim.claim_id));
    }
  }
  return ids;
}
