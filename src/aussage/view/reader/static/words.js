// What the page says: words of the interface, names from the registries, labels from the codebook.

const state = {
  shared: null, language: 'en', theme: 'auto', article: null, number: -1, layer: '', item: null,
  filters: {}, shown: { claims: true, actors: true, places: true, sentences: true }, definitions: false,
};

function say(key, values) {
  const text = state.shared.labels[state.language][key];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

// A number of things: "1 claim", "2 claims".
function counted(key, n) {
  return say(n === 1 ? `${key}_one` : key, { n });
}

function sayOr(key, otherwise) {
  return Object.hasOwn(state.shared.labels[state.language], key) ? say(key, {}) : otherwise;
}

function inLanguage(labels, otherwise) {
  return labels[state.language] || labels.en || Object.values(labels)[0] || otherwise;
}

function entry(table, id) {
  const rows = state.shared[table];
  return Object.hasOwn(rows, id) ? rows[id] : null;
}

function nameOf(id) {
  const row = entry('actors', id) || entry('locations', id) || entry('issues', id);
  return row ? inLanguage(Object.fromEntries(row.labels.map((one) => [one.language, one.label])), row.label) : id;
}

function variableOf(name) {
  const variables = state.shared.codebook.variables;
  return Object.hasOwn(variables, name) ? variables[name] : null;
}

function categoryOf(variable, value) {
  const found = variableOf(variable);
  return found && Object.hasOwn(found.values, String(value)) ? found.values[String(value)] : null;
}

function variableLabel(column, variable) {
  const own = sayOr(column, '');
  const found = variableOf(variable);
  return own && variable !== column ? own : found ? inLanguage(found.label || {}, variable) : own || column;
}

function valueLabel(variable, value) {
  const found = categoryOf(variable, value);
  return found ? inLanguage(found.label || {}, String(value)) : String(value);
}

function layerLabel(layer) {
  return layer === 'gold' ? say('layer_gold') : layer;
}

function claimantsOf(claim) {
  return (claim.claimant_ids || []).length ? claim.claimant_ids : [''];
}

function claimantName(id) {
  return id ? nameOf(id) : say('narrator');
}

function claimantNames(claim) {
  return claimantsOf(claim).map(claimantName).join(', ');
}

function local(id) {
  return id.slice(id.lastIndexOf('/') + 1);
}
