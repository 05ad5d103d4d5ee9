// The coders side by side: what each layer says of the same claim, where they differ, and how that was decided.

let everyVariable = false;

function coderTable(claim) {
  const { layers } = state.article, { group } = claim;
  if (layers.length < 2 || !group) return null;
  const title = make('h3', {}, say('coders'));
  if (!differs(claim) && !everyVariable) {
    return make('section', { class: 'part coders' }, title, make('p', {}, say('coders_agree')), allSwitch());
  }
  const said = layers.map((layer) => (Object.hasOwn(group.claims, layer.name) ? layer.claims[group.claims[layer.name]] : null));
  const head = make('tr', {}, make('th', { scope: 'col' }, say('variable')),
    layers.map((layer) => make('th', { scope: 'col' }, layerLabel(layer.name))));
  const rows = comparedColumns().filter((column) => everyVariable || (group.differs || []).includes(column.name))
    .map((column) => coderRow(column, said, group));
  const table = make('table', { style: { '--layers': layers.length } }, make('thead', {}, head), make('tbody', {}, group.missing ? absentRow(said) : '', rows));
  const decisions = (group.decisions || []).map((number) => decisionText(state.article.decisions[number]));
  return make('section', { class: 'part coders' }, title,
    make('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': say('coders') }, table), decisions, allSwitch());
}

function comparedColumns() {
  const columns = state.shared.sections.flatMap((section) => section.columns);
  return [{ name: 'content_spans', kind: 'text', variable: 'content' }, ...columns];
}

function coderRow(column, said, group) {
  const differ = (group.differs || []).includes(column.name);
  const cells = said.map((claim) => make('td', {}, claim ? plain(column, claim) || say('none') : '–'));
  const name = variableLabel(column.name, column.variable);
  return make('tr', { class: differ ? 'differs' : null }, make('th', { scope: 'row' }, differ ? `≠ ${name}` : name), cells);
}

function absentRow(said) {
  const cells = said.map((claim) => make('td', {}, claim ? make('a', { href: addressOf(claim.claim_id) }, local(claim.claim_id)) : say('not_there')));
  return make('tr', { class: 'differs' }, make('th', { scope: 'row' }, `≠ ${say('claim')}`), cells);
}

function allSwitch() {
  const box = make('input', { type: 'checkbox', id: 'every-variable' });
  box.checked = everyVariable;
  box.addEventListener('change', () => {
    everyVariable = box.checked;
    showRecord();
    byId('every-variable').focus();
  });
  return make('label', { class: 'check' }, box, ' ', say('every_variable'));
}

function decisionText(decision) {
  const ruling = state.shared.codebook.rulings[decision.ruling];
  const said = (decision.coders || []).map((coder, number) => make('li', {}, make('b', {}, coder), `: ${decision.said[number] || say('said_nothing')}`));
  const held = decision.is_decided ? decision.decision || say('said_nothing') : say('undecided');
  return make('div', { class: 'decision' },
    make('p', {}, make('b', {}, `${say('decision')}: ${variableLabel(decision.variable, decision.variable)}`), ` → ${held}`),
    make('ul', {}, said), decision.reason ? make('p', { lang: 'en' }, decision.reason) : null,
    ruling ? make('details', { class: 'rules' }, make('summary', {}, `${ruling.id} ${ruling.title}`), make('p', { lang: 'en' }, ruling.ruling)) : null);
}

// Claims that the shown layer does not have, with a way to the layer that has them.
function showMissing() {
  const groups = state.article.groups.filter((group) => !Object.hasOwn(group.claims, state.layer));
  byId('missing').hidden = !groups.length;
  byId('missing-list').replaceChildren(...groups.map((group) => {
    const items = Object.entries(group.claims).map(([layer, position]) => layerOf(state.article, layer).claims[position]);
    return make('li', {}, make('a', { href: addressOf(items[0].claim_id) }, items[0].content_text),
      ` (${items.map((claim) => layerLabel(claim.layer)).join(', ')})`);
  }));
}
