// What is reckoned from an article before it is shown: its layers, letters of claimants, who differs.

const COLOURS = 7;

function prepare(article) {
  article.claims = new Map();
  for (const layer of article.layers) {
    layer.lanes = lanesOf(layer.claims);
    const order = layer.claims.map((claim, number) => number);
    order.sort((a, b) => firstPlace(layer.claims[a]) - firstPlace(layer.claims[b]) || a - b);
    layer.order = order;
    order.forEach((position, number) => {
      const claim = layer.claims[position];
      Object.assign(claim, { layer: layer.name, number: number + 1, lane: layer.lanes[position], mentions: [] });
      article.claims.set(claim.claim_id, claim);
    });
    for (const mention of layer.mentions) {
      for (const id of mention.claim_ids || []) if (article.claims.has(id)) article.claims.get(id).mentions.push(mention);
    }
  }
  for (const group of article.groups) {
    for (const [layer, position] of Object.entries(group.claims)) layerOf(article, layer).claims[position].group = group;
  }
  article.letters = lettersOf(article);
  return article;
}

function firstPlace(claim) {
  return claim.content_spans.length ? claim.content_spans[0][0] : 0;
}

function layerOf(article, name) {
  return article.layers.find((layer) => layer.name === name);
}

function shownLayer() {
  return layerOf(state.article, state.layer);
}

function inOrder(layer) {
  return layer.order.map((position) => layer.claims[position]);
}

// Claimants by the number of their claims over all layers: the most frequent is A. The narrator has no letter.
function lettersOf(article) {
  const counts = new Map();
  for (const layer of article.layers) {
    for (const claim of inOrder(layer)) {
      for (const id of claimantsOf(claim)) if (id) counts.set(id, (counts.get(id) || 0) + 1);
    }
  }
  const ids = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  return new Map(ids.map((id, number) => [id, { letter: letter(number), colour: Math.min(number + 1, COLOURS + 1) }]));
}

function letter(number) {
  return number < 26 ? String.fromCharCode(65 + number) : letter(Math.floor(number / 26) - 1) + letter(number % 26);
}

function colourOf(claim) {
  const known = state.article.letters.get(claimantsOf(claim)[0]);
  return `var(--claimant-${known ? known.colour : 0})`;
}

function markOf(claim) {
  const letters = claimantsOf(claim).map((id) => (id ? state.article.letters.get(id).letter : '')).join('');
  return `${letters}${claim.number}${differs(claim) ? '≠' : ''}`;
}

function differs(claim) {
  return Boolean(claim.group && (claim.group.differs || claim.group.missing));
}

// The pattern of a claim's line: solid, dashed, dotted or waved by its certainty; doubled if it is negated.
function patternOf(claim) {
  const modality = claim.modality || '';
  const certainty = { CT: 'certain', PR: 'probable', PS: 'possible' }[modality.slice(0, 2)] || 'open';
  return { certainty, negated: modality.endsWith('-') };
}
