// A value of a claim as a person reads it, with the definition of the codebook that it stands for.

// The values of a column as a list of {text, note, definition, go}; empty if there is none.
function valuesOf(column, claim) {
  const value = claim[column.name];
  if (value === undefined) return [];
  const many = Array.isArray(value) ? value : [value];
  return many.map((one) => valueOf(column, one, claim));
}

function valueOf({ kind, variable }, value, claim) {
  if (kind === 'category' || kind === 'categories') {
    const label = valueLabel(variable, value), code = signed(variable, value);
    return { text: label, note: label === code ? '' : code, definition: categoryOf(variable, value) };
  }
  if (kind === 'flag') return { text: say(value ? 'yes' : 'no') };
  if (kind === 'actor' || kind === 'actors' || kind === 'entity') return { text: nameOf(value), go: value };
  if (kind === 'issue') return { text: nameOf(value), go: value, definition: meaning(value, claim.agreement) };
  if (kind === 'effects') return effect(value);
  if (kind === 'figures') return { text: value.text };
  if (kind === 'coder') return { text: coderName(value), note: value };
  return { text: String(value) };
}

function signed(variable, value) {
  return typeof value === 'number' && value > 0 ? `+${value}` : String(value).replace('-', '−');
}

function effect(value) {
  const id = value.actor_id || value.location_id;
  return { text: `${valueLabel('effect', value.effect)}: ${nameOf(id)}`, go: id, definition: categoryOf('effect', value.effect) };
}

// What the claimant's position on an issue means, in the words of the issue list.
function meaning(id, agreement) {
  const issue = entry('issues', id);
  const text = issue && (agreement > 0 ? issue.plus : agreement < 0 ? issue.minus : '');
  return text ? { definition: text } : null;
}

function coderName(id) {
  const coder = entry('coders', id);
  return coder ? `${coder.name} (${valueLabel('coder_kind', coder.kind)})` : id;
}

function plain(column, claim) {
  const pieces = claim[column.name.replace('_text', '_spans')];
  if (column.kind === 'text' && Array.isArray(pieces)) {
    return pieces.map(([start, end]) => state.article.text.slice(start, end)).join(' | ');
  }
  return valuesOf(column, claim).map((value) => (value.note ? `${value.text} (${value.note})` : value.text)).join('; ');
}

// A value that opens to its definition; a value of the registries leads to its entry.
function shownValue(value, quoted) {
  const text = value.go && entryOf(value.go) ? button(value.text, () => choose(value.go), { class: 'go' }) : value.text;
  const note = value.note ? make('code', {}, value.note) : null;
  const told = value.definition ? make('p', { class: 'definition', lang: 'en' }, value.definition.definition) : null;
  const rules = value.definition ? rulesOf(value.definition) : null;
  return make('div', { class: 'value' }, make(quoted ? 'q' : 'span', {}, text), note ? ' ' : null, note, told, rules);
}

// The finer rules of a definition, folded away.
function rulesOf(definition) {
  const lists = ['include', 'exclude'].filter((name) => (definition[name] || []).length).map((name) => [
    make('p', { class: 'small' }, say(name)), make('ul', { lang: 'en' }, definition[name].map((line) => make('li', {}, line))),
  ]);
  const example = definition.example || {};
  if (example.text) lists.push([make('p', { class: 'small' }, say('example')), make('p', { lang: 'de' }, example.text),
    make('p', { lang: 'en' }, example.why || '')]);
  if (!lists.length) return null;
  return make('details', { class: 'rules', open: state.definitions }, make('summary', {}, say('definition')), lists);
}

// A variable's name, which opens to its own definition.
function term(column) {
  const label = variableLabel(column.name, column.variable);
  const found = variableOf(column.variable);
  const definition = found ? found.definition : column.description;
  if (!definition) return label;
  const asked = found && found.decided_by ? make('p', { lang: 'en' }, `${say('decided_by')}: ${found.decided_by}`) : null;
  return make('details', { class: 'term', open: state.definitions }, make('summary', {}, label),
    make('p', { lang: 'en' }, definition), asked);
}

function entryOf(id) {
  return entry('actors', id) || entry('locations', id) || entry('issues', id);
}
