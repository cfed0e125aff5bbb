// A training that is under way: the network, how far it has come, and its loss curve. It knows no page.

import { learner, nested, orderOf, startWeights } from "../mathematics/training.js";

const KEPT = 200; // points of the loss curve; when there are more, every other one goes

/** A training without points; `begin` or `resume` gives it something to do. `version` grows with every change. */
export function newRun() {
  const run = { version: 0, points: [], hidden: [], activation: "tanh", seed: 0, epochs: 0, at: 0, curve: [] };
  let [order, ordered, stride] = [[], "", 1];
  let seen = { version: -1 };

  const onNetwork = ({ points, hidden, activation, seed }) => {
    Object.assign(run, { points, hidden, activation, seed, net: learner(hidden, activation) });
    stride = 1;
    run.version += 1;
  };

  /** The loss now, measured once for each version. */
  run.measured = () => {
    if (seen.version !== run.version) seen = { version: run.version, ...run.net.measure(run.points) };
    return seen;
  };

  run.epoch = () => run.epochs + (run.points.length ? run.at / run.points.length : 0);

  /** Start anew. */
  run.begin = (traits) => {
    onNetwork(traits);
    run.net.theta.set(startWeights(run.hidden, run.activation, run.seed));
    Object.assign(run, { epochs: 0, at: 0, curve: run.points.length ? [[0, run.measured().loss]] : [] });
  };

  /** Go on from what was shared. */
  run.resume = (traits) => {
    onNetwork(traits);
    run.net.theta.set(traits.weights.flat(3));
    run.net.v.set(traits.velocity);
    run.epochs = Math.floor(traits.epoch);
    run.at = Math.round((traits.epoch - run.epochs) * run.points.length);
    run.curve = [...traits.curve];
  };

  /** Other points for the same network; with them an epoch begins. */
  run.exchange = (points) => {
    Object.assign(run, { points, at: 0, version: run.version + 1 });
    if (!run.curve.length && points.length) run.curve = [[run.epochs, run.measured().loss]];
  };

  /** Make one step, along the next batch; say whether it went well. */
  run.step = ({ rate, momentum, batch }) => {
    const n = run.points.length;
    const wanted = `${n} ${run.seed} ${run.epochs}`;
    if (ordered !== wanted) [order, ordered] = [orderOf(n, run.seed, run.epochs), wanted];
    const to = Math.min(n, run.at + (batch ?? n));
    const fine = run.net.step(run.points, order, run.at, to, rate, momentum);
    run.version += 1;
    if (!fine) return false;
    run.at = to;
    if (to === n) {
      run.epochs += 1;
      run.at = 0;
      if (run.epochs % stride === 0) keep();
    }
    return true;
  };

  const keep = () => {
    run.curve.push([run.epochs, run.measured().loss]);
    if (run.curve.length <= KEPT) return;
    run.curve = run.curve.filter((_, i) => i % 2 === 0);
    stride *= 2;
  };

  /** The traits that tell Python how far it is. */
  run.shared = () => {
    const { loss, right } = run.measured();
    const { net, hidden, points, curve } = run;
    return {
      epoch: run.epoch(), loss, accuracy: points.length ? right / points.length : null,
      weights: nested(net.theta, hidden), velocity: Array.from(net.v), curve: [...curve],
    };
  };
  return run;
}
