// What a step computes: the equation with symbols, the same with numbers, and a sentence.

import { math, number, row, sign, sup, symbol, words, fraction } from "../shared/formula.js";
import { mixes } from "../mathematics/steps.js";
import { four, plainName, setEntry, setLayer, setName } from "./names.js";

const SIGMAS = { sigmoid: "σ", tanh: "tanh", relu: "ReLU", leaky_relu: "leaky ReLU", identity: "" };

/** A number within a product or a sum: in brackets if it has a sign or a power of ten. */
function inside(value) {
  const text = four(value);
  return /^−|·/.test(text) ? bracket(number(text)) : number(text);
}

const plain = (value) => number(four(value));
const total = (letter, ...terms) => row(sumOver(letter), ...terms);
const slopeBy = (below) => fraction(row("∂", "L"), row("∂", below));
const bracket = (...parts) => row(short("("), ...parts, short(")"));

/** A bracket that is not drawn as high as what stands in it. */
function short(text) {
  const element = sign(text);
  element.setAttribute("stretchy", "false");
  return element;
}

function sumOver(letter) {
  const element = document.createElementNS("http://www.w3.org/1998/Math/MathML", "munder");
  element.append(sign("∑"), symbol(letter));
  return element;
}

/** Chunks "= first", "+ second", …, "= result": a formula can wrap only between elements. */
function chain(terms, result) {
  const chunks = terms.map((term, i) => math(i ? "+" : "=", term));
  return [...chunks, math("=", result)];
}

/**
 * { symbols, numbers, said } of a step. `n` holds the numbers of `walked`, network.W and network.b the parameters.
 * The words end with the numbers that the step finds, as "z_1^2 = 0.5".
 */
export function equationOf(step, network, x, y, n) {
  if (step.kind === "input") return inputEquation(x);
  if (step.kind === "loss") return lossEquation(network, y, n);
  return step.j === null ? layerEquation(step, network, n) : EQUATIONS[step.kind](step, network, y, n);
}

function inputEquation(x) {
  const listed = x.map((value, k) => `${plainName("a", 1, k + 1)} = ${four(value)}`);
  return {
    symbols: [math(setLayer("a", 1), "=", "x")],
    numbers: x.map((value, k) => math(setName("a", 1, k + 1), "=", plain(value))),
    said: x.length > 12 ? `The input is given: ${x.length} numbers.` : `The input is given: ${listed.join(", ")}.`,
  };
}

const EQUATIONS = {
  z({ l, j }, network, y, n) {
    const terms = network.W[l][j].map((w, k) => row(inside(w), "·", inside(n.a[l - 1][k])));
    return {
      symbols: [math(setName("z", l, j + 1), "=",
        total("k", setName("w", l, j + 1, "k"), setName("a", l - 1, "k")), "+", setName("b", l, j + 1))],
      numbers: chain([...terms, inside(network.b[l][j])], plain(n.z[l][j])),
      said: `Neuron ${j + 1} of layer ${l} adds up what arrives: ${plainName("z", l, j + 1)} = ${four(n.z[l][j])}.`,
    };
  },

  a({ l, j }, network, y, n) {
    const said = `Neuron ${j + 1} of layer ${l} sends on ${plainName("a", l, j + 1)} = ${four(n.a[l][j])}.`;
    const name = setName("a", l, j + 1);
    if (mixes(network, l)) {
      const e = (power) => sup(symbol("e"), power);
      const below = row(...n.z[l].flatMap((z, i) => (i ? [sign("+"), e(plain(z))] : [e(plain(z))])));
      return {
        symbols: [math(name, "=", fraction(e(setName("z", l, j + 1)), total("k", e(setName("z", l, "k")))))],
        numbers: chain([fraction(e(plain(n.z[l][j])), below)], plain(n.a[l][j])),
        said,
      };
    }
    const sigma = SIGMAS[l < network.sizes.length ? network.hidden : network.output];
    const given = plain(n.z[l][j]);
    const applied = row(sigma.includes(" ") ? words(sigma) : symbol(sigma), bracket(given));
    return {
      symbols: [math(name, "=", "σ", bracket(setName("z", l, j + 1)))],
      numbers: sigma ? chain([applied], plain(n.a[l][j])) : [math("=", plain(n.z[l][j]))],
      said,
    };
  },

  d(step, network, y, n) {
    return step.l < network.sizes.length ? hiddenError(step, n) : outputErrorEquation(step, network, y, n);
  },

  back({ l, j }, network, y, n) {
    const terms = network.W[l + 1].map((weights, k) => row(inside(weights[j]), "·", inside(n.d[l + 1][k])));
    return {
      symbols: [math(slopeBy(setName("a", l, j + 1)), "=",
        total("k", setName("w", l + 1, "k", j + 1), setName("d", l + 1, "k")))],
      numbers: chain(terms, plain(n.back[l][j])),
      said: `What neuron ${j + 1} of layer ${l} sends on reaches all of layer ${l + 1}, and the paths add up: `
        + `∂L/∂${plainName("a", l, j + 1)} = ${four(n.back[l][j])}.`,
    };
  },

  dW({ l, j }, network, y, n) {
    const slopes = n.dW[l][j];
    const listed = slopes.map((slope, k) => `∂L/∂${plainName("w", l, j + 1, k + 1)} = ${four(slope)}`);
    return {
      symbols: [math(slopeBy(setName("w", l, j + 1, "k")), "=", setName("d", l, j + 1), setName("a", l - 1, "k"))],
      numbers: slopes.map((slope, k) => math(
        slopeBy(setName("w", l, j + 1, k + 1)), "=", inside(n.d[l][j]), "·", inside(n.a[l - 1][k]), "=", plain(slope))),
      said: `The weights into neuron ${j + 1} of layer ${l}: ${listed.join(", ")}.`,
    };
  },

  db({ l, j }, network, y, n) {
    return {
      symbols: [math(slopeBy(setName("b", l, j + 1)), "=", setName("d", l, j + 1))],
      numbers: [math("=", plain(n.db[l][j]))],
      said: `The bias of neuron ${j + 1} of layer ${l}: ∂L/∂${plainName("b", l, j + 1)} = ${four(n.db[l][j])}.`,
    };
  },
};

const primed = (l, j) => row(symbol("σ′"), bracket(setName("z", l, j)));

function hiddenError({ l, j }, n) {
  return {
    symbols: [math(setName("d", l, j + 1), "=", total("k", setName("w", l + 1, "k", j + 1), setName("d", l + 1, "k")),
      primed(l, j + 1))],
    numbers: chain([row(inside(n.back[l][j]), "·", inside(n.slope[l][j]))], plain(n.d[l][j])),
    said: `Neuron ${j + 1} of layer ${l} has σ′(${plainName("z", l, j + 1)}) = ${four(n.slope[l][j])}, `
      + `and so its error is ${plainName("d", l, j + 1)} = ${four(n.d[l][j])}.`,
  };
}

function outputErrorEquation({ l, j }, network, y, n) {
  const name = setName("d", l, j + 1);
  const error = `${plainName("d", l, j + 1)} = ${four(n.d[l][j])}`;
  const difference = () => row(setName("a", l, j + 1), "−", setEntry("y", j + 1));
  const numbers = row(plain(n.a[l][j]), "−", inside(y[j]));
  if (!n.back[l]) {
    return {
      symbols: [math(name, "=", difference())],
      numbers: chain([numbers], plain(n.d[l][j])),
      said: `The error of output ${j + 1} is ${error}.`,
    };
  }
  const by = {
    mse: () => row(fraction(number(2), number(y.length)), bracket(difference())),
    mae: () => row(fraction(number(1), number(y.length)), words("sign"), bracket(difference())),
  }[network.loss]?.();
  const written = by ? [math("=", by, primed(l, j + 1))] : [];
  return {
    symbols: [math(name, "=", slopeBy(setName("a", l, j + 1)), primed(l, j + 1)), ...written],
    numbers: chain([row(inside(n.back[l][j]), "·", inside(n.slope[l][j]))], plain(n.d[l][j])),
    said: `At output ${j + 1}, ∂L/∂${plainName("a", l, j + 1)} = ${four(n.back[l][j])} and `
      + `σ′(${plainName("z", l, j + 1)}) = ${four(n.slope[l][j])}, and so its error is ${error}.`,
  };
}

function lossEquation(network, y, n) {
  const F = network.sizes.length;
  const a = setName("a", F, "j");
  const t = setEntry("y", "j");
  const mean = fraction(number(1), number(y.length));
  const each = (term) => y.map((target, j) => term(n.a[F][j], target));
  const ln = (...parts) => row(symbol("ln"), ...parts);
  const averaged = (term) => each((value, target) => row(mean.cloneNode(true), term(value, target)));
  const square = (value, target) => sup(bracket(plain(value), "−", inside(target)), number(2));
  const [symbols, terms] = {
    mse: () => [row(mean, total("j", sup(bracket(a, "−", t), number(2)))), averaged(square)],
    mae: () => [row(mean, total("j", row("|", a, "−", t, "|"))),
      averaged((value, target) => row("|", plain(value), "−", inside(target), "|"))],
    hinge: () => [row(mean, total("j", row(symbol("max"), bracket(number(0), ",", number(1), "−", t, a)))),
      averaged((value, target) => row(symbol("max"),
        bracket(number(0), ",", number(1), "−", inside(target), "·", inside(value))))],
    binary_cross_entropy: () => [
      row("−", total("j", bracket(t, ln(a), "+", bracket(number(1), "−", t.cloneNode(true)),
        ln(bracket(number(1), "−", a.cloneNode(true)))))),
      each((value, target) => row("(", "−", inside(target), "·", ln(plain(value)), "−", inside(1 - target), "·",
        ln(bracket(number(1), "−", plain(value))), ")"))],
    cross_entropy: () => [row("−", total("j", t, ln(a))),
      each((value, target) => row("(", "−", inside(target), "·", ln(plain(value)), ")"))],
  }[network.loss]();
  return {
    symbols: [math("L", "=", symbols)],
    numbers: y.length > 8 ? [math("=", plain(n.loss))] : chain(terms, plain(n.loss)),
    said: `The output is compared with the target: L = ${four(n.loss)}.`,
  };
}

/** A layer at a time, for networks with too many neurons to go through one by one. */
function layerEquation({ kind, l }, network, n) {
  const last = l === network.sizes.length;
  const z = setLayer("z", l);
  const prime = row(symbol("σ′"), bracket(z.cloneNode(true)));
  const back = row(bracket(sup(setLayer("W", l + 1), symbol("T"))), setLayer("d", l + 1));
  const [symbols, values, name] = {
    z: () => [math(z, "=", setLayer("W", l), setLayer("a", l - 1), "+", setLayer("b", l)), n.z[l], `z^${l}`],
    a: () => [math(setLayer("a", l), "=", mixes(network, l) ? words("softmax") : "σ", bracket(z)), n.a[l], `a^${l}`],
    back: () => [math(slopeBy(setLayer("a", l)), "=", back), n.back[l], `∂L/∂a^${l}`],
    d: () => [last && !n.back[l] ? math(setLayer("d", l), "=", setLayer("a", l), "−", "y")
      : math(setLayer("d", l), "=", slopeBy(setLayer("a", l)), "⊙", prime), n.d[l], `d^${l}`],
    dW: () => [math(slopeBy(setLayer("W", l)), "=", setLayer("d", l), sup(bracket(setLayer("a", l - 1)), symbol("T"))),
      n.dW[l].flat(), `∂L/∂W^${l}`],
    db: () => [math(slopeBy(setLayer("b", l)), "=", setLayer("d", l)), n.db[l], `∂L/∂b^${l}`],
  }[kind]();
  const most = (way) => values.reduce((x, v) => way(x, v));
  const spread = values.length > 1
    ? `${values.length} numbers from ${four(most(Math.min))} to ${four(most(Math.max))}` : four(values[0]);
  return { symbols: [symbols], numbers: [], said: `Layer ${l}: ${name} holds ${spread}.` };
}
