// The text cut at every border of a span, so that each character stands in the page once, however spans nest or cross.

const MOST_LANES = 8;

// Gives every claim a lane of its own under the words that it shares with others; the first claim has the highest.
function lanesOf(claims) {
  const lanes = [];
  const order = claims.map((claim, number) => number).filter((number) => claims[number].content_spans.length);
  const length = (spans) => spans.reduce((sum, [start, end]) => sum + end - start, 0);
  order.sort((a, b) => {
    const one = claims[a].content_spans, other = claims[b].content_spans;
    return one[0][0] - other[0][0] || length(other) - length(one) || a - b;
  });
  const found = new Array(claims.length).fill(0);
  for (const number of order) {
    const spans = claims[number].content_spans;
    const taken = (lane) => lane.some(([c, d]) => spans.some(([a, b]) => a < d && c < b));
    let lane = lanes.findIndex((one) => !taken(one));
    if (lane < 0) lane = Math.min(lanes.push([]) - 1, MOST_LANES - 1);
    lanes[lane].push(...spans);
    found[number] = lane;
  }
  return found;
}

// Cuts [from, to) at every border. A span is {start, end, ...}; a segment {start, end, spans} lists those over it.
function segmentsOf(from, to, spans) {
  const inside = spans.filter((span) => span.start < to && span.end > from && span.start < span.end);
  const borders = new Set([from, to]);
  for (const span of inside) {
    if (span.start > from) borders.add(span.start);
    if (span.end < to) borders.add(span.end);
  }
  const places = [...borders].sort((a, b) => a - b);
  inside.sort((a, b) => a.start - b.start);
  const segments = [];
  let open = [], next = 0;
  for (let number = 0; number + 1 < places.length; number += 1) {
    const start = places[number], end = places[number + 1];
    open = open.filter((span) => span.end > start);
    while (next < inside.length && inside[next].start <= start) open.push(inside[next++]);
    segments.push({ start, end, spans: [...open] });
  }
  return segments;
}

// The paragraphs as [start, end); a line break belongs to the paragraph that it ends.
function paragraphsOf(text) {
  const found = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    found.push([start, end]);
    start = end;
  }
  return found;
}
