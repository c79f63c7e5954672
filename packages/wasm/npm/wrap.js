// The module's functions with what their JSON says.
const words = (...values) => values.map((value) => JSON.stringify(value));
// The clock is the caller's: the library has none.
const at = (options = {}) => ({ now: Math.floor(Date.now() / 1000), ...options });

export const wrap = (raw) => {
  const checkText = (files, options) => raw.check(...words(files, at(options)));
  return {
    about: () => JSON.parse(raw.about()),
    rules: () => JSON.parse(raw.rules()).rules,
    rule: (name) => JSON.parse(raw.rule(name)),
    checkText,
    check: (files, options) => JSON.parse(checkText(files, options)),
    mend: (file, options, withUnsafe = false) => JSON.parse(raw.mend(...words(file, at(options)), withUnsafe)),
    schedule: (schedule, timeZone = "", options = {}, count = 10) =>
      JSON.parse(raw.schedule(schedule, timeZone, count, ...words(at(options)))),
    runs: (files, seconds, options) => JSON.parse(raw.runs(JSON.stringify(files), seconds, ...words(at(options)))),
    manifest: (schedule, timeZone = "") => raw.manifest(schedule, timeZone),
    reading: (file) => raw.reading(file.name, file.text),
    units: (text, bytes) => raw.units(text, Uint32Array.from(bytes)),
  };
};
wrap.words = words;
wrap.at = at;
