// The panel beside the text: the full record of a claim, a sentence, or an entry of the registries.

function showRecord() {
  const { item } = state, panel = byId('record');
  panel.hidden = !item;
  document.body.classList.toggle('with-record', Boolean(item));
  if (!item) return panel.replaceChildren();
  const show = { claim: claimRecord, sentence: sentenceRecord, entry: entryRecord }[item.kind];
  panel.replaceChildren(...show(item).flat().filter(Boolean));
  panel.scrollTop = 0;
  return panel;
}

function heading(title, link) {
  return make('div', { class: 'record-head' },
    make('h2', { id: 'record-title', tabindex: '-1' }, title),
    make('div', { class: 'record-tools' },
      link ? make('a', { href: link, class: 'permalink' }, say('link')) : null,
      button('‹', () => step(-1), { 'aria-label': say('previous') }),
      button('›', () => step(1), { 'aria-label': say('next') }),
      button('×', close, { 'aria-label': say('back'), id: 'close' })));
}

function claimRecord({ claim }) {
  const title = `${say('claim')} ${claim.number}`;
  const who = make('p', { class: 'who', style: { '--colour': colourOf(claim) } },
    make('b', {}, markOf(claim)), ' ', claimantNames(claim));
  const sections = state.shared.sections.map((section) => recordSection(section, claim));
  const toggle = button(say(state.definitions ? 'no_definitions' : 'all_definitions'), toggleDefinitions, { class: 'quiet', id: 'unfold' });
  return [heading(title, addressOf(claim.claim_id)), who, make('blockquote', { lang: state.article.document.language }, claim.content_text),
    make('p', { class: 'about' }, sentenceLinks(claim), ` · ${layerLabel(claim.layer)} · `, make('code', {}, claim.claim_id)), differing(claim), toggle,
    sections, coderTable(claim), mentionsOf(claim.mentions), relationsOf(claim)];
}

// In what the coders differ, in one line; the table with what each said is further down.
function differing(claim) {
  if (!differs(claim)) return null;
  const columns = comparedColumns().filter((column) => (claim.group.differs || []).includes(column.name));
  const absent = (claim.group.missing || []).map((layer) => `${layerLabel(layer)} ${say('not_there')}`);
  const names = [...absent, ...columns.map((column) => variableLabel(column.name, column.variable))];
  return make('p', { class: 'differing' }, `${say('mark_differs')}: ${names.join(', ')}`);
}

function toggleDefinitions() {
  state.definitions = !state.definitions;
  showRecord();
  byId('unfold').focus();
}

function sentenceLinks(claim) {
  return claim.sentence_ids.flatMap((id, number) => {
    const sentence = state.article.sentences.find((one) => one.sentence_id === id);
    const text = `${say('sentence')} ${sentence ? sentence.position : local(id)}`;
    return [number ? ', ' : '', make('a', { href: addressOf(id) }, text)];
  });
}

function recordSection(section, claim) {
  const filled = section.columns.filter((column) => valuesOf(column, claim).length);
  const empty = section.columns.filter((column) => !filled.includes(column));
  if (!filled.length) return null;
  const rows = filled.map((column) => {
    const values = valuesOf(column, claim).map((value) => shownValue(value, column.name.endsWith('_text')));
    return row(term(column), values);
  });
  const names = empty.map((column) => variableLabel(column.name, column.variable)).join(', ');
  return make('section', { class: 'part' }, make('h3', {}, say(section.name)), make('dl', {}, rows),
    names ? make('p', { class: 'about' }, `${say('not_coded')}: ${names}`) : null);
}

function mentionsOf(mentions) {
  if (!mentions.length) return null;
  const items = mentions.map((mention) => {
    const id = mention.actor_id || mention.location_id;
    const role = mention.role ? shownValue(valueOf({ kind: 'category', variable: 'role' }, mention.role)) : null;
    return make('li', {}, button(nameOf(id), () => choose(id), { class: 'go' }), ' ',
      make('span', { class: `mention first last ${mention.kind}` }, mention.text), role);
  });
  return make('section', { class: 'part' }, make('h3', {}, say('mentions')), make('ul', {}, items));
}

function relationsOf(claim) {
  const layer = layerOf(state.article, claim.layer);
  const items = layer.relations.flatMap((relation) => {
    const from = relation.source_claim_id === claim.claim_id;
    if (!from && relation.target_claim_id !== claim.claim_id) return [];
    const other = state.article.claims.get(from ? relation.target_claim_id : relation.source_claim_id);
    const name = relation.relation === 'contradicts' ? say('contradicts') : valueLabel('relation', relation.relation);
    const words = say(from ? 'relation_from' : 'relation_to', { relation: name });
    const link = other ? make('a', { href: addressOf(other.claim_id) }, `${markOf(other)} ${other.content_text}`) : null;
    return [make('li', {}, words, link, relation.is_derived ? ` (${say('derived')})` : '')];
  });
  return items.length ? make('section', { class: 'part' }, make('h3', {}, say('relations')), make('ul', {}, items)) : null;
}

function sentenceRecord({ sentence }) {
  const claims = inOrder(shownLayer()).filter((claim) => claim.sentence_ids.includes(sentence.sentence_id));
  const mentions = shownLayer().mentions.filter((mention) => mention.sentence_id === sentence.sentence_id);
  const text = state.article.text.slice(sentence.start, sentence.end);
  const rows = state.shared.sentence.filter(({ name }) => sentence[name] !== undefined).map(({ name, variable }) => {
    return row(variableLabel(name, variable), shownValue(valueOf({ kind: 'category', variable }, sentence[name])));
  });
  const decisions = state.article.decisions.filter((decision) => decision.sentence_id === sentence.sentence_id);
  const note = sentence.note ? row(say('note'), sentence.note) : null;
  return [heading(`${say('sentence')} ${sentence.position}`, addressOf(sentence.sentence_id)),
    make('blockquote', { lang: state.article.document.language }, text),
    make('p', { class: 'about' }, `${say('paragraph', { n: sentence.paragraph })} · `, make('code', {}, sentence.sentence_id)),
    make('section', { class: 'part' }, make('h3', {}, say('claims_here')),
      claims.length ? make('ul', {}, claims.map((claim) => make('li', {}, claimLink(claim)))) : make('p', {}, say('no_claims'))),
    rows.length || note ? make('dl', { class: 'part' }, rows, note || '') : null, mentionsOf(mentions),
    decisions.length ? make('section', { class: 'part' }, make('h3', {}, say('decisions')), decisions.map(decisionText)) : null];
}

function claimLink(claim) {
  return make('a', { href: addressOf(claim.claim_id) }, `${markOf(claim)} ${claimantNames(claim)}: ${claim.content_text}`);
}

function entryRecord({ id }) {
  const found = entryOf(id), table = ['actors', 'locations', 'issues'].find((name) => entry(name, id));
  const kind = { actors: ['actor_type', 'actor_type'], locations: ['location_type', 'location_type'], issues: ['frame', 'frame'] }[table];
  const facts = [
    row(say('names'), found.labels.map((one) => make('div', {}, `${one.label} (${one.language})`))),
    (found.also || []).length ? row(say('also'), found.also.join(', ')) : null,
    found[kind[0]] ? row(say(table === 'issues' ? 'frame' : 'kind'), shownValue(valueOf({ kind: 'category', variable: kind[1] }, found[kind[0]]))) : null,
    found.parent_id ? row(say(table === 'locations' ? 'lies_in' : 'part_of'), shownValue({ text: nameOf(found.parent_id), go: found.parent_id })) : null,
    ...['country', 'plus', 'minus', 'sovereignty', 'note'].map((name) => (found[name] ? row(sayOr(name, name), found[name]) : null)),
    ...['wikidata', 'geonames', 'iso_3166_1', 'iso_3166_2'].map((name) => outsideId(found, name)),
    found.latitude === undefined ? null : row(say('coordinates'), `${found.latitude}, ${found.longitude} (${valueLabel('precision', found.precision)})`),
  ];
  const filter = table === 'actors' ? 'actor' : table === 'locations' ? 'place' : '';
  const show = filter ? button(say('claims_of'), () => setFilter(filter, id), { class: 'quiet' }) : null;
  return [heading(nameOf(id)), make('p', { class: 'about' }, `${say('registry')} · `, make('code', {}, id)), show,
    make('dl', { class: 'part' }, facts.filter(Boolean))];
}

function outsideId(found, name) {
  const id = found[`${name}_id`], status = found[`${name}_status`];
  if (!id) return null;
  return row(name.replace(/_/g, ' '), make('code', {}, id), ` (${valueLabel('id_status', status)})`);
}
