// The index of articles, the list of claims below an article, and what is known of its origin.

function showIndex() {
  const { corpus, index } = state.shared;
  byId('index-title').textContent = corpus.title;
  byId('index-about').textContent = `${corpus.name} ${corpus.version} · ${counted('n_claims', sum(index, 'n_claims'))}`;
  byId('search').placeholder = say('search_hint');
  const wanted = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = index.filter((article) => wanted.every((word) => searched(article).includes(word)));
  byId('index-count').textContent = say('found', { n: found.length, all: index.length });
  byId('articles').replaceChildren(...found.map(indexItem));
}

function sum(rows, name) {
  return rows.reduce((whole, one) => whole + one[name], 0);
}

function searched(article) {
  const { title, document_id: id, date, publisher, beginning } = article;
  return [title, id, date, publisher, beginning].filter(Boolean).join(' ').toLowerCase();
}

function indexItem(article) {
  const facts = [article.date, article.publisher, counted('n_sentences', article.n_sentences), counted('n_claims', article.n_claims),
    article.layers.length > 1 ? say('n_layers', { n: article.layers.length }) : '',
    article.differences ? counted('n_differences', article.differences) : ''];
  return make('li', {}, make('a', { href: address(article.document_id), lang: article.language }, article.title || article.beginning),
    make('p', { class: 'beginning', lang: article.language }, article.title ? article.beginning : `${say('untitled')} · ${article.document_id}`),
    make('p', { class: 'about' }, facts.filter(Boolean).join(' · ')));
}

const ORIGIN = ['document_id', 'date', 'date_status', 'date_note', 'publisher', 'author', 'url', 'origin_note', 'rights_status',
  'rights_holder', 'rights_licence', 'rights_note', 'note', 'n_characters', 'sha256'];

function showHeading() {
  const { document: about, layers } = state.article;
  byId('article-title').textContent = about.title || say('untitled');
  byId('article-title').lang = about.title ? about.language : state.language;
  const facts = [about.publisher, about.date, about.title ? '' : about.document_id, counted('n_sentences', about.n_sentences),
    counted('n_claims', about.n_claims), layers.length > 1 ? layerLabel(state.layer) : ''];
  byId('article-about').textContent = facts.filter(Boolean).join(' · ');
  const rows = ORIGIN.filter((name) => about[name] !== undefined).map((name) => {
    const status = name === 'date_status' || name === 'rights_status';
    const value = status ? shownValue(valueOf({ kind: 'category', variable: name }, about[name])) : name === 'url' ? outsideLink(about.url) : about[name];
    return row(say(name), value);
  });
  byId('article-origin').replaceChildren(...rows);
}

function showList() {
  const rows = inOrder(shownLayer()).filter((claim) => isChosen(claim)).map((claim) => {
    const mark = make('a', { href: addressOf(claim.claim_id), style: { '--colour': colourOf(claim) }, class: 'mark' }, markOf(claim));
    return make('tr', {}, make('th', { scope: 'row' }, mark), make('td', {}, claimantNames(claim)), make('td', {}, inShort(claim)),
      make('td', { lang: state.article.document.language }, claim.content_text));
  });
  const names = [say('number'), say('claimant'), `${say('type')}, ${say('modality')}, ${say('stance')}`, say('content')];
  const head = make('tr', {}, names.map((name) => make('th', { scope: 'col' }, name)));
  byId('list').replaceChildren(make('thead', {}, head), make('tbody', {}, rows));
}

// Type, modality and, unless it is neutral, stance of a claim.
function inShort(claim) {
  const stance = claim.stance ? `${signed('stance', claim.stance)} ${claim.target_id ? nameOf(claim.target_id) : ''}` : '';
  return [valueLabel('type', claim.claim_type), valueLabel('modality', claim.modality), stance.trim()].filter(Boolean).join(', ');
}
