// Puts functions that are alike beside each other, so that brotli finds again what it has just seen: a
// fortieth of the app. Balanced partitioning: a list is halved so that few sequences of bytes stand in
// both halves, then each half is.
const LENGTH = 6; // bytes of a sequence
const ROUNDS = 20; // of swaps, at most

// The sequences of bytes of each function, as numbers; those that stand in one function alone tell nothing.
const sequences = (bodies) => {
  const seen = new Map();
  const all = bodies.map((body) => {
    const own = new Set();
    for (let at = 0; at + LENGTH <= body.length; at++) own.add(body.toString("latin1", at, at + LENGTH));
    for (const one of own) seen.set(one, (seen.get(one) ?? 0) + 1);
    return own;
  });
  const numbers = new Map();
  for (const [one, times] of seen) if (times > 1 && times < bodies.length / 2) numbers.set(one, numbers.size);
  return { of: all.map((own) => [...own].map((one) => numbers.get(one)).filter((one) => one !== undefined)), count: numbers.size };
};

// The places of the functions in an order in which neighbours are alike.
export const alike = (bodies) => {
  const { of, count } = sequences(bodies);
  const [left, right] = [new Int32Array(count), new Int32Array(count)];
  const weight = Float64Array.from({ length: bodies.length + 2 }, (_, times) => times * Math.log2(times + 1));
  const bits = (one, other) => -weight[one] - weight[other];
  const order = [];
  const halve = (list) => {
    if (list.length <= 2) return order.push(...list);
    let halves = [list.slice(0, list.length >> 1), list.slice(list.length >> 1)];
    for (let round = 0; round < ROUNDS; round++) {
      for (const at of list) for (const one of of[at]) left[one] = right[one] = 0;
      halves.forEach((half, side) => half.forEach((at) => of[at].forEach((one) => [left, right][side][one]++)));
      const gains = halves.map((half, side) => {
        const [here, there] = side ? [right, left] : [left, right];
        const gain = (at) =>
          of[at].reduce((sum, one) => sum + bits(here[one], there[one]) - bits(here[one] - 1, there[one] + 1), 0);
        return half.map((at) => [gain(at), at]).sort((a, b) => b[0] - a[0]);
      });
      let swaps = 0;
      for (let at = 0; at < Math.min(...gains.map((half) => half.length)); at++) {
        if (gains[0][at][0] + gains[1][at][0] <= 0) break;
        // All at once would swing between two states.
        if ((at + round) % 10 === 0) continue;
        [gains[0][at], gains[1][at]] = [gains[1][at], gains[0][at]];
        swaps++;
      }
      halves = gains.map((half) => half.map(([, at]) => at));
      if (!swaps) break;
    }
    halves.forEach(halve);
  };
  halve([...bodies.keys()]);
  return order;
};
