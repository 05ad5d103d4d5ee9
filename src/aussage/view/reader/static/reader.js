// The page itself: unpacks what is read, follows the address, answers keys and clicks.

const THEMES = ['auto', 'light', 'dark'];
const unpacked = new Map(); // number of the article -> its data

async function unpack(id) {
  const packed = Uint8Array.from(atob(byId(id).textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
}

async function articleOf(number) {
  if (!unpacked.has(number)) unpacked.set(number, prepare(await unpack(`article-${number}`)));
  return unpacked.get(number);
}

function go(hash) {
  if (location.hash === hash) route();
  else location.hash = hash;
}

// The address is #article, #article/sentence, #article/claim, with the name of the layer between if it is not gold.
let turn = 0;
async function route() {
  const mine = ++turn;
  const parts = location.hash.slice(1).split('/').filter(Boolean).map(decoded);
  const { index } = state.shared;
  byId('notice').hidden = true;
  const number = parts.length ? index.findIndex((article) => article.document_id === parts[0]) : index.length === 1 ? 0 : -1;
  if (number < 0) {
    if (parts.length) notice(say('not_found', { id: parts.join('/') }));
    return showCover();
  }
  try {
    const article = await articleOf(number);
    if (mine === turn) openArticle(article, number, parts.slice(1));
  } catch (error) {
    notice(say('broken', { error: error.message }));
  }
  return undefined;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function notice(text) {
  byId('notice').textContent = text;
  byId('notice').hidden = false;
}

function showCover() {
  Object.assign(state, { article: null, number: -1, item: null });
  byId('index').hidden = false;
  byId('reading').hidden = true;
  byId('charts').hidden = !byId('charts').querySelector('figure');
  document.body.classList.remove('with-record');
  document.title = state.shared.corpus.title;
  showIndex();
}

function openArticle(article, number, parts) {
  const fresh = state.number !== number;
  const layers = article.layers.map((layer) => layer.name);
  if (fresh) Object.assign(state, { filters: {} });
  Object.assign(state, { article, number });
  state.layer = layers.includes(parts[0]) && (parts.length > 1 || !isItem(parts[0])) ? parts[0] : layers[0];
  const wanted = parts[0] === state.layer ? parts[1] : parts[0];
  state.item = wanted === undefined ? null : itemOf(wanted);
  if (wanted !== undefined && !state.item) notice(say('not_found', { id: wanted }));
  if (state.item && state.item.kind === 'claim' && !isChosen(state.item.claim)) state.filters = {};
  byId('index').hidden = true;
  byId('reading').hidden = false;
  byId('charts').hidden = state.shared.index.length > 1 || !byId('charts').querySelector('figure');
  document.title = `${article.document.title || article.document.document_id} · ${state.shared.corpus.title}`;
  showReading();
  if (fresh && !state.item) window.scrollTo(0, 0);
  if (state.item) bringIntoView();
}

function isItem(name) {
  return Boolean(itemOf(name));
}

function itemOf(name) {
  const { article, layer } = state, id = article.document.document_id;
  const claim = article.claims.get(`${id}/${layer}/${name}`);
  if (claim) return { kind: 'claim', id: claim.claim_id, claim, spans: marksOf(claim) };
  const sentence = article.sentences.find((one) => one.sentence_id === `${id}/${name}`);
  if (!sentence) return null;
  const spans = [{ start: sentence.start, end: sentence.end, mark: 'sentence' }];
  return { kind: 'sentence', id: sentence.sentence_id, sentence, spans };
}

function marksOf(claim) {
  return ['source', 'cue', 'condition'].flatMap((mark) => {
    return (claim[`${mark}_spans`] || []).map(([start, end]) => ({ start, end, mark }));
  });
}

// An id of a claim or sentence becomes the address; an entry of the registries is shown without one.
function choose(id) {
  if (state.article.claims.has(id) || state.article.sentences.some((sentence) => sentence.sentence_id === id)) return go(addressOf(id));
  state.item = { kind: 'entry', id };
  showText();
  showRecord();
  return byId('record-title').focus({ preventScroll: true });
}

function showReading() {
  showHeading();
  showFilters();
  showText();
  showRecord();
  showLegend();
  showList();
  showMissing();
}

function numberOf(id) {
  return [...byId('text').querySelectorAll('a.number, a.sentence')].find((link) => link.dataset.id === id) || null;
}

function bringIntoView() {
  const link = numberOf(state.item.id);
  if (link) link.scrollIntoView({ block: window.innerWidth < 900 ? 'start' : 'nearest' });
  byId('status').textContent = byId('record-title').textContent;
  if (pending === 'record') byId('record-title').focus({ preventScroll: true });
  else if (pending === 'text' && link) link.focus({ preventScroll: true });
  pending = '';
}

let pending = ''; // where the focus goes once the address has been followed
function step(by) {
  const claims = inOrder(shownLayer()).filter((claim) => isChosen(claim));
  if (!claims.length) return;
  const active = document.activeElement && document.activeElement.dataset.id;
  const at = claims.findIndex((claim) => claim.claim_id === (active || (state.item || {}).id));
  const next = claims[at < 0 ? (by > 0 ? 0 : claims.length - 1) : Math.min(Math.max(at + by, 0), claims.length - 1)];
  pending = byId('text').contains(document.activeElement) || document.activeElement === document.body ? 'text' : 'record';
  go(addressOf(next.claim_id));
}

function close() {
  const { item } = state;
  if (!item) return;
  state.item = null;
  history.replaceState(null, '', address(...layerPath()));
  showText();
  showRecord();
  const link = numberOf(item.id);
  if (link) link.focus();
  else byId('main').focus({ preventScroll: true });
}

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || byId('keys').open) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === 'Escape' && state.item && !typing) close();
  else if (typing) return;
  else if (event.key === '?') byId('keys').showModal();
  else if (event.key === 'f' && state.article) openFilters();
  else if (event.key === '/' && !state.article) byId('search').focus();
  else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && state.article && !event.target.closest('.scroll')) {
    step(event.key === 'ArrowRight' ? 1 : -1);
  } else return;
  event.preventDefault();
}

function openFilters() {
  byId('filters').open = true;
  byId('filter-layer').focus();
}

function onTextClick(event) {
  if (!window.getSelection().isCollapsed) return;
  const link = event.target.closest('a');
  if (link) {
    pending = event.detail === 0 ? 'record' : '';
    if (link.getAttribute('href') === location.hash) bringIntoView();
    return;
  }
  const ids = itemsUnder(event.target);
  if (ids.length) choose(ids[(ids.indexOf((state.item || {}).id) + 1) % ids.length]);
}

// What is copied from the article is the article, without the breaks that a browser puts between paragraphs.
function onCopy(event) {
  const selection = window.getSelection();
  if (!selection.rangeCount || !byId('text').contains(selection.getRangeAt(0).commonAncestorContainer)) return;
  event.clipboardData.setData('text/plain', selection.getRangeAt(0).cloneContents().textContent);
  event.preventDefault();
}

function speak(language) {
  state.language = language;
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-label]')) element.textContent = say(element.dataset.label);
  for (const element of document.querySelectorAll('[data-label-aria]')) element.setAttribute('aria-label', say(element.dataset.labelAria));
  for (const element of document.querySelectorAll('[data-language]')) {
    element.setAttribute('aria-pressed', String(element.dataset.language === language));
  }
  const { corpus } = state.shared;
  byId('home').textContent = corpus.title;
  byId('citation').textContent = say('citation') + corpus.citation;
  byId('licences').textContent = say('licences') + Object.entries(corpus.licences).map(([what, text]) => `${what}: ${text}`).join(' · ');
  byId('theme').textContent = say(`theme_${state.theme}`);
  const keys = { Tab: 'tab', Enter: 'enter', '← →': 'arrows', Esc: 'escape', f: 'f', '?': 'question' };
  byId('keys-list').replaceChildren(...Object.entries(keys).map(([key, name]) => row(make('kbd', {}, key), say(`key_${name}`))));
  if (state.article) showReading();
  else showIndex();
}

function turnTheme() {
  state.theme = THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length];
  document.documentElement.dataset.theme = state.theme;
  byId('theme').textContent = say(`theme_${state.theme}`);
}

function listen() {
  window.addEventListener('hashchange', route);
  document.addEventListener('keydown', onKey);
  byId('text').addEventListener('click', onTextClick);
  byId('text').addEventListener('copy', onCopy);
  byId('theme').addEventListener('click', turnTheme);
  byId('help').addEventListener('click', () => byId('keys').showModal());
  byId('search').addEventListener('input', showIndex);
  byId('filter-form').addEventListener('submit', (event) => event.preventDefault());
  byId('home').addEventListener('click', () => (state.shared.index.length === 1 ? close() : undefined));
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault();
    byId('main').focus();
  });
  for (const element of document.querySelectorAll('[data-language]')) {
    element.addEventListener('click', () => speak(element.dataset.language));
  }
}

async function start() {
  state.shared = await unpack('shared');
  listen();
  speak(navigator.language.startsWith('de') ? 'de' : 'en');
  await route();
  document.documentElement.dataset.ready = 'true';
}

start();
