'use strict';
/** Runs in the page's own world before its scripts, as text: rebuilds what the preload exposed, with every value cloned on the way. */
function mainWorld(key, { encode, decode }) {
  const waiting = new Map();
  const callbacks = [];
  let lastId = 0;
  let returned;

  const tell = (message) =>
    document.dispatchEvent(new globalThis.CustomEvent(`${key}-preload`, { detail: JSON.stringify(message) }));
  const pass = (value) =>
    typeof value === 'function' ? { callback: callbacks.push(value) - 1 } : { value: encode(value) };
  const take = (item) => ('fn' in item ? caller(item.fn) : decode(item.value));

  /** DOM events are delivered at once, so the answer is there when `tell` returns; a promise is settled by a later one. */
  function caller(fn) {
    return (...args) => {
      const id = ++lastId;
      tell({ type: 'call', id, fn, args: args.map(pass) });
      const answer = returned;
      returned = undefined;
      if (answer.isPromise) return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      if ('error' in answer) throw new Error(answer.error);
      return take(answer.result);
    };
  }

  function build(shape) {
    if ('fn' in shape) return caller(shape.fn);
    if (!('object' in shape)) return decode(shape.value);
    return Object.freeze(Object.fromEntries(Object.entries(shape.object).map(([name, item]) => [name, build(item)])));
  }

  const hear = {
    shape({ shape }) {
      for (const [name, item] of Object.entries(shape)) {
        Object.defineProperty(window, name, { value: build(item), enumerable: true });
      }
    },
    returned: (message) => (returned = message),
    settled({ id, result, error }) {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) resolve(take(result));
      else reject(new Error(error));
    },
    callback: ({ callback, args }) => callbacks[callback](...args.map(take)),
  };
  document.addEventListener(`${key}-page`, ({ detail }) => {
    const message = JSON.parse(detail);
    hear[message.type](message);
  });
  tell({ type: 'hello' });
}

module.exports = { mainWorld };
