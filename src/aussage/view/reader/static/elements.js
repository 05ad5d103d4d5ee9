// Elements are made here, one way only: a name, attributes, children. Text becomes text nodes and never markup.

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'onclick') element.addEventListener('click', value);
    else if (key === 'style') for (const [property, set] of Object.entries(value)) element.style.setProperty(property, set);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

function button(text, onclick, attributes) {
  return make('button', { type: 'button', onclick, ...attributes }, text);
}

function row(term, ...values) {
  return make('div', { class: 'row' }, make('dt', {}, term), make('dd', {}, ...values));
}

function address(...parts) {
  return '#' + parts.filter(Boolean).map((part) => encodeURI(part).replace(/#/g, '%23')).join('/');
}

// The address of a claim, a sentence or an article: its id, without the name of the gold layer.
function addressOf(id) {
  return address(...id.split('/').filter((part, place) => !(place === 1 && part === 'gold')));
}

function outsideLink(text) {
  const safe = /^https?:\/\/[^\s]+$/i.test(text);
  return safe ? make('a', { href: text, rel: 'noreferrer noopener', target: '_blank' }, text) : text;
}
