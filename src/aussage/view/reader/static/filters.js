// Filters over the claims of the shown layer; each choice says how many claims it leaves beside the other filters.

const FILTERS = {
  claimant: (claim) => claimantsOf(claim),
  actor: (claim) => actorsOf(claim),
  type: (claim) => [claim.claim_type],
  modality: (claim) => [claim.modality],
  stance: (claim) => [String(claim.stance)],
  place: (claim) => placesOf(claim),
  agreement: (claim) => [differs(claim) ? 'differ_yes' : 'differ_no'],
};

function actorsOf(claim) {
  const ids = [...(claim.claimant_ids || []), ...(claim.chain || []), claim.target_id, claim.addressee_id,
    ...(claim.event_actor_ids || []), ...(claim.event_recipient_ids || []),
    ...(claim.affected || []).map((one) => one.actor_id), ...claim.mentions.map((mention) => mention.actor_id)];
  return [...new Set(ids.filter((id) => id && entry('actors', id)))];
}

function placesOf(claim) {
  const ids = [...claim.mentions.map((mention) => mention.location_id), ...(claim.affected || []).map((one) => one.location_id)];
  return [...new Set(ids.filter(Boolean))];
}

function isChosen(claim, without) {
  return Object.entries(state.filters).every(([name, wanted]) => name === without || FILTERS[name](claim).includes(wanted));
}

function filterLabel(name, value) {
  if (name === 'claimant') return claimantName(value);
  if (name === 'actor' || name === 'place') return nameOf(value);
  if (name === 'agreement') return say(value);
  return valueLabel(name, name === 'stance' ? Number(value) : value);
}

// The values that occur in the layer: categories in the codebook's order, names by frequency.
function choicesOf(name) {
  const counts = new Map();
  for (const claim of inOrder(shownLayer())) {
    for (const value of FILTERS[name](claim)) if (!counts.has(value)) counts.set(value, 0);
  }
  for (const claim of inOrder(shownLayer()).filter((one) => isChosen(one, name))) {
    for (const value of FILTERS[name](claim)) counts.set(value, counts.get(value) + 1);
  }
  const order = (variableOf(name) || {}).order || [];
  return [...counts].sort(([a, m], [b, n]) => (order.length ? order.indexOf(a) - order.indexOf(b) : n - m || (a < b ? -1 : 1)));
}

function showFilters() {
  const fields = Object.keys(FILTERS).filter((name) => name !== 'agreement' || state.article.layers.length > 1);
  byId('filter-form').replaceChildren(layerField(), ...fields.map(filterField), showField(),
    button(say('reset'), () => setFilters({}), { class: 'quiet', id: 'reset' }));
  const all = shownLayer().claims.length, n = inOrder(shownLayer()).filter((claim) => isChosen(claim)).length;
  byId('filter-count').textContent = say('shown', { n, all });
}

function field(id, label, choices, chosen, change) {
  const select = make('select', { id }, choices);
  select.value = chosen;
  select.addEventListener('change', () => change(select.value));
  return make('label', {}, make('span', {}, label), select);
}

function layerField() {
  const choices = state.article.layers.map((layer) => make('option', { value: layer.name }, `${layerLabel(layer.name)} (${layer.claims.length})`));
  return field('filter-layer', say('layer'), choices, state.layer, (name) => setLayer(name));
}

// The value of an option has a sign before it, so that the narrator, who has no id, can be told from "all".
function filterField(name) {
  const choices = choicesOf(name).map(([value, count]) => {
    return make('option', { value: `=${value}`, disabled: count === 0 && state.filters[name] !== value }, `${filterLabel(name, value)} (${count})`);
  });
  const chosen = Object.hasOwn(state.filters, name) ? `=${state.filters[name]}` : '';
  return field(`filter-${name}`, say(name), [make('option', { value: '' }, say('all')), ...choices], chosen,
    (value) => setFilter(name, value ? value.slice(1) : null));
}

function showField() {
  const boxes = Object.keys(state.shown).map((name) => {
    const box = make('input', { type: 'checkbox', id: `show-${name}` });
    box.checked = state.shown[name];
    box.addEventListener('change', () => {
      state.shown[name] = box.checked;
      showText();
    });
    return make('label', { class: 'check' }, box, ' ', say(`show_${name}`));
  });
  return make('fieldset', {}, make('legend', {}, say('show')), boxes);
}

function setFilter(name, value) {
  const filters = { ...state.filters };
  if (value === null) delete filters[name];
  else filters[name] = value;
  setFilters(filters);
}

function setFilters(filters) {
  const focused = document.activeElement && document.activeElement.id;
  state.filters = filters;
  showReading();
  if (focused && byId(focused)) byId(focused).focus();
  byId('status').textContent = byId('filter-count').textContent;
}

function setLayer(name) {
  state.layer = name;
  const twin = state.item && state.item.kind === 'claim' ? (state.item.claim.group || { claims: {} }).claims[name] : undefined;
  state.filters = {};
  go(twin === undefined ? address(...layerPath()) : addressOf(layerOf(state.article, name).claims[twin].claim_id));
}

function layerPath() {
  const { document_id: id } = state.article.document;
  return state.layer === state.article.layers[0].name ? [id] : [id, state.layer];
}

// The legend: claimants with letter and colour, the patterns of lines, the marks of mentions.
function showLegend() {
  const { letters } = state.article;
  const line = (modality, label) => make('li', {}, make('span', {
    class: 'sample', style: linesStyle([{ lane: 0, claimant_ids: [], modality }], 1) }), label);
  const who = [...letters].map(([id, { letter: sign, colour }]) => make('li', { style: { '--colour': `var(--claimant-${colour})` } },
    make('b', { class: 'chip' }, sign), button(nameOf(id), () => setFilter('claimant', id), { class: 'go' })));
  who.push(make('li', { style: { '--colour': 'var(--claimant-0)' } }, make('b', { class: 'chip' }, '1'),
    button(say('narrator'), () => setFilter('claimant', ''), { class: 'go' })));
  const mark = (kind, label) => make('li', {}, make('span', { class: `mention first last ${kind}` }, label));
  byId('legend').replaceChildren(make('h2', { id: 'legend-title' }, say('legend')),
    make('h3', {}, say('legend_lines')), make('ul', {}, line('CT+', say('line_certain')), line('PR+', say('line_probable')),
      line('PS+', say('line_possible')), line('UU', say('line_open')), line('CT-', say('line_negated'))),
    make('h3', {}, say('legend_marks')), make('ul', {}, mark('actor', say('mark_actor')), mark('location', say('mark_place')),
      state.article.layers.length > 1 ? make('li', {}, say('mark_differs')) : ''),
    make('h3', {}, say('legend_claimants')), make('ul', { class: 'claimants' }, who));
}
