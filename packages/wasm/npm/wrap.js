// The module's functions with what their JSON says.
export const words = (...values) => values.map((value) => JSON.stringify(value));
// The clock is the caller's: the library has none.
export const at = (options = {}) => ({ now: Math.floor(Date.now() / 1000), ...options });

/** What both modules do. */
export const wrap = (raw) => {
  const checkText = (files, options) => raw.check(...words(files, at(options)));
  return {
    about: () => JSON.parse(raw.about()),
    checkText,
    check: (files, options) => JSON.parse(checkText(files, options)),
    units: (text, bytes) => raw.units(text, Uint32Array.from(bytes)),
  };
};
