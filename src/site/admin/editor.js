// The web editor's way to the site's files: it starts Sveltia CMS and reads and writes pages and records for it.
//
// Sveltia would write a file's YAML anew: comments, quotation marks and the order of fields would be gone. Here a file is lines. Each field is read
// on its own; one that says anything that this reader does not know (a comment, text over several lines) is not shown and never touched. What is
// written is the file as it was, with the lines of those fields exchanged that were edited. So the file as it was goes along as a hidden field.
'use strict';
(() => {
  window.CMS_MANUAL_INIT = true;

  /** The hidden field with the file as it was. */
  const ORIGINAL = 'file-as-it-was';
  /** The part of a text in several languages that is said to be of none. */
  const PLAIN = 'any';

  /** Thrown where a field says something that this reader does not know. */
  class Unread extends Error {}

  // Lines → blocks: what belongs to a key, and what stands between keys.

  const indentOf = (line) => line.length - line.trimStart().length;
  const isIdle = (line) => /^\s*(#.*)?$/.test(line);

  /** Cuts lines at the keys of one depth. A block without key holds blank lines and comments. */
  function blocks(lines, indent) {
    const found = [];
    for (const line of lines) {
      const key = indentOf(line) === indent ? /^\s*([A-Za-z0-9_][A-Za-z0-9._-]*):(?:\s|$)/.exec(line) : null;
      if (key) found.push({ key: key[1], lines: [line] });
      else if (!found.length || (found.at(-1).key === null && isIdle(line))) found.push({ key: null, lines: [line] });
      else found.at(-1).lines.push(line);
    }
    return found.flatMap((block) => {
      const end = block.key === null ? block.lines.length : block.lines.findLastIndex((line) => !isIdle(line)) + 1;
      const idle = block.lines.slice(end).map((line) => ({ key: null, lines: [line] }));
      return [{ ...block, lines: block.lines.slice(0, end) }, ...idle];
    });
  }

  // Blocks → nodes: a value together with how it is written.

  /** Reads the value of a block: what stands after the colon, and the lines below it. */
  function readBlock({ key, lines }, indent) {
    const [first, ...rest] = lines;
    const inline = first.slice(indent + key.length + 1).trim();
    if (/^[[{]/.test(inline)) return flow([inline, ...rest.map((line) => line.trim())].join(' '));
    if (inline) {
      if (rest.length) throw new Unread();
      return flow(inline);
    }
    const depth = rest.length ? indentOf(rest[0]) : 0;
    if (!rest.length || depth < indent) throw new Unread();
    return rest[0].trim().startsWith('- ') ? readList(rest, depth) : readMap(rest, depth);
  }

  function readMap(lines, depth) {
    const entries = blocks(lines, depth).map((block) => {
      if (block.key === null) throw new Unread();
      return [block.key, readBlock(block, depth)];
    });
    if (new Set(entries.map(([key]) => key)).size < entries.length) throw new Unread();
    return { kind: 'map', entries, lines, value: Object.fromEntries(entries.map(([key, node]) => [key, node.value])) };
  }

  function readList(lines, depth) {
    const parts = [];
    for (const line of lines) {
      if (indentOf(line) === depth && line.trim().startsWith('- ')) parts.push([line]);
      else if (parts.length && indentOf(line) > depth) parts.at(-1).push(line);
      else throw new Unread();
    }
    const items = parts.map((part) => {
      const inner = [part[0].replace('- ', '  '), ...part.slice(1)];
      const text = inner[0].trim();
      const isMap = /^[A-Za-z0-9_][A-Za-z0-9._-]*:(\s|$)/.test(text);
      if (!isMap && inner.length > 1) throw new Unread();
      return { ...(isMap ? readMap(inner, indentOf(inner[0])) : flow(text)), lines: part };
    });
    return { kind: 'list', items, lines, value: items.map((item) => item.value) };
  }

  /** Reads a value that stands on one line. */
  function flow(text) {
    let at = 0;
    const blank = () => { while (text[at] === ' ') at += 1; };
    const take = (pattern) => {
      const found = new RegExp(pattern, 'uy');
      found.lastIndex = at;
      const match = found.exec(text)?.[0];
      if (match === undefined) throw new Unread();
      at += match.length;
      return match;
    };
    const scalar = (raw, value) => ({ kind: 'scalar', raw, value });
    const plain = (within) => {
      const raw = take(within ? '[^\\s,\\[\\]{}"\'&*!|>%@`#:?-](?:[^,\\[\\]{}:#]|:(?=[^\\s,\\[\\]{}])|(?<! )#)*' : '[^\\s"\'&*!|>%@`#:?,\\[\\]{}-](?:[^:#]|:(?=\\S)|(?<! )#)*').trimEnd();
      if (/^(?:~|null|yes|no|on|off)$/i.test(raw)) throw new Unread();
      return scalar(raw, raw === 'true' ? true : raw === 'false' ? false : raw);
    };
    const quoted = () => {
      const raw = take('"(?:[^"\\\\]|\\\\.)*"');
      try {
        return scalar(raw, JSON.parse(raw));
      } catch {
        throw new Unread();
      }
    };
    const single = () => {
      const raw = take("'(?:[^']|'')*'");
      return scalar(raw, raw.slice(1, -1).replaceAll("''", "'"));
    };
    const several = (open, close, one) => {
      const start = at;
      take(`\\${open}`);
      const found = [];
      blank();
      while (text[at] !== close) {
        found.push(one());
        blank();
        if (text[at] !== close) take(',');
        blank();
      }
      take(`\\${close}`);
      return { raw: text.slice(start, at), found };
    };
    const value = (within) => {
      blank();
      if (text[at] === '"') return quoted();
      if (text[at] === "'") return single();
      if (text[at] === '[') {
        const { raw, found } = several('[', ']', () => value(true));
        return { kind: 'list', raw, items: found, value: found.map((node) => node.value) };
      }
      if (text[at] === '{') {
        const { raw, found } = several('{', '}', () => {
          const key = take('[A-Za-z0-9_][A-Za-z0-9._-]*');
          take(': ');
          return [key, value(true)];
        });
        return { kind: 'map', raw, entries: found, value: Object.fromEntries(found.map(([key, node]) => [key, node.value])) };
      }
      return plain(within);
    };
    const node = value(false);
    blank();
    if (at < text.length) throw new Unread();
    return node;
  }

  // Values → lines, as near as can be to how they were written.

  const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const equal = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
  const sorted = (value) => Array.isArray(value) ? value.map(sorted)
    : isMap(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : typeof value === 'number' ? String(value) : value;

  /** A value without what was left empty; undefined where nothing is left. */
  function filled(value) {
    if (Array.isArray(value)) {
      const items = value.map(filled).filter((item) => item !== undefined);
      return items.length ? items : undefined;
    }
    if (isMap(value)) {
      const entries = Object.entries(value).map(([key, part]) => [key, filled(part)]).filter(([, part]) => part !== undefined);
      return entries.length ? Object.fromEntries(entries) : undefined;
    }
    return value === '' || value === null || value === false ? undefined : value;
  }

  /** A word, number, date or address that needs no quotation marks anywhere. */
  const isBare = (text) => /^[A-Za-z0-9][A-Za-z0-9._\/:&=%+?#~-]*$/.test(text) && !/:$|^(?:true|false|null|yes|no|on|off)$/i.test(text);
  /** A text that needs none on a line of its own, where the author wrote none. */
  const isSimple = (text) => /^[\p{L}\p{N}]/u.test(text) && !/: |:$| #|^(?:true|false|null|yes|no|on|off)$/i.test(text);

  /** One value on one line. */
  function inline(value, old, within) {
    if (old?.raw !== undefined && equal(old.value, value)) return old.raw;
    if (Array.isArray(value)) {
      const known = old?.kind === 'list' ? old.items : [];
      return `[${value.map((item, at) => inline(item, counterpart(known, item, at), true)).join(', ')}]`;
    }
    if (isMap(value)) {
      const known = old?.kind === 'map' ? Object.fromEntries(old.entries) : {};
      return `{${inOrder(value, Object.keys(known)).map((key) => `${key}: ${inline(value[key], known[key], true)}`).join(', ')}}`;
    }
    if (typeof value === 'boolean') return String(value);
    const text = String(value).replace(/\s*\n\s*/g, ' ');
    const wasPlain = old?.kind === 'scalar' && !/^["']/.test(old.raw);
    if (isBare(text) && !/^["']/.test(old?.raw ?? '')) return text;
    return wasPlain && !within && isSimple(text) ? text : JSON.stringify(text);
  }

  /** The keys of a value in the order of the file, new ones where the form has them. */
  function inOrder(value, known) {
    const order = known.filter((key) => key in value);
    Object.keys(value).forEach((key, at, keys) => {
      if (order.includes(key)) return;
      const before = keys.slice(0, at).findLast((other) => order.includes(other));
      order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
    });
    return order;
  }

  /** How an item of a list was written before: the same one, wherever it stood, or else the one in its place. */
  const counterpart = (known, item, at) => known.find((old) => equal(old.value, item)) ?? known[at];

  /** A field as lines. */
  function write(key, value, old, indent) {
    const pad = ' '.repeat(indent);
    if (old?.lines && equal(old.value, value)) return [`${pad}${key}:`, ...old.lines];
    const isFlat = (item) => !isMap(item) || Object.values(item).every((part) => typeof part !== 'object');
    if (Array.isArray(value) && !value.every((item) => typeof item === 'string' && isBare(item)) && old?.raw === undefined) {
      const known = old?.kind === 'list' ? old.items : [];
      const depth = old?.lines ? indentOf(old.lines[0]) : indent + 2;
      return [`${pad}${key}:`, ...value.flatMap((item, at) => {
        const before = counterpart(known, item, at);
        if (before && equal(before.value, item)) return before.lines;
        const dash = `${' '.repeat(depth)}- `;
        if (isFlat(item) && !(before?.kind === 'map' && before.raw === undefined)) return [dash + inline(item, before)];
        const lines = fields(item, before, depth + 2);
        return [lines[0].replace(' '.repeat(depth + 2), dash), ...lines.slice(1)];
      })];
    }
    if (isMap(value) && old?.raw === undefined && (old || !isFlat(value))) return [`${pad}${key}:`, ...fields(value, old, old?.lines ? indentOf(old.lines[0]) : indent + 2)];
    return [`${pad}${key}: ${inline(value, old)}`];
  }

  function fields(value, old, indent) {
    const known = old?.kind === 'map' ? Object.fromEntries(old.entries) : {};
    return inOrder(value, Object.keys(known)).flatMap((key) => write(key, value[key], known[key], indent));
  }

  // Fields of the form ↔ fields of the file.

  /** Whether a form's field is a text in several languages. */
  const isText = (field) => field.fields?.some((part) => part.name === PLAIN) ?? false;

  /** What the form is given; throws where the file says more than the form can show. */
  function shown(field, value) {
    const refuse = () => { throw new Unread(); };
    if (field.widget === 'list') {
      if (!Array.isArray(value)) refuse();
      return value.map((item) => (field.fields ? shown({ ...field, widget: 'object' }, item) : typeof item === 'object' ? refuse() : item));
    }
    if (field.widget === 'object') {
      const parts = isText(field) && !isMap(value) ? { [PLAIN]: value } : value;
      if (!isMap(parts)) refuse();
      return Object.fromEntries(Object.entries(parts).map(([key, part]) => {
        const inner = field.fields.find((one) => one.name === key);
        return [key, inner ? shown(inner, part) : refuse()];
      }));
    }
    return typeof value === 'object' || (field.widget === 'boolean') !== (typeof value === 'boolean') ? refuse() : value;
  }

  /** What the file is given. */
  function kept(field, value) {
    if (value === undefined) return undefined;
    if (field.widget === 'list') return value.map((item) => (field.fields ? kept({ ...field, widget: 'object' }, item) : item));
    if (field.widget !== 'object') return value;
    const parts = Object.fromEntries(field.fields.filter((part) => part.name in value).map((part) => [part.name, kept(part, value[part.name])]));
    if (!isText(field) || !(PLAIN in parts)) return parts;
    if (Object.keys(parts).length > 1) throw new Error(`${field.label}: write it either by language or as it is, not both`);
    return parts[PLAIN];
  }

  /** Lines → the values of a form; what cannot be read is left out. */
  function readFields(lines, indent, form) {
    const values = {};
    for (const block of blocks(lines, indent)) {
      const field = form.find(({ name }) => name === block.key);
      if (!field) continue;
      try {
        values[field.name] = shown(field, readBlock(block, indent).value);
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
      }
    }
    return values;
  }

  /** The lines as they were, with the values of a form in them. */
  function writeFields(lines, indent, form, values) {
    const old = blocks(lines, indent);
    const readable = readFields(lines, indent, form);
    const wanted = new Map();
    for (const field of form) {
      const value = filled(values[field.name]);
      const is = filled(readable[field.name]);
      const there = old.find(({ key }) => key === field.name);
      if (equal(value, is)) continue;
      if (there && is === undefined && readable[field.name] === undefined) {
        throw new Error(`${field.label}: the file has this in a form that cannot be edited here; edit the file itself`);
      }
      wanted.set(field.name, value === undefined ? [] : write(field.name, kept(field, value), there && readBlock(there, indent), indent));
    }
    const out = old.map((block) => ({ key: block.key, lines: wanted.get(block.key) ?? block.lines }));
    form.forEach(({ name }, at) => {
      if (!wanted.get(name)?.length || out.some(({ key }) => key === name)) return;
      const before = form.slice(0, at).map((field) => field.name);
      const place = out.findLastIndex(({ key }) => before.includes(key));
      const first = out.findIndex(({ key }) => key !== null);
      out.splice(place >= 0 ? place + 1 : first >= 0 ? first : out.length, 0, { key: name, lines: wanted.get(name) });
    });
    return out.flatMap((block) => block.lines);
  }

  // The forms of files.

  /** A page: its head between two lines of `---`, and its text. */
  function page(form) {
    const split = (text) => /(?<![\s\S])(---[ ]*\n)([\s\S]*?)(^---[ ]*(?:\n|$))(\s*)([\s\S]*)$/m.exec(text);
    const head = form.filter(({ name }) => ![ORIGINAL, 'body'].includes(name));
    return {
      fromFile(text) {
        const parts = split(text);
        if (!parts) throw new Error('the page has no front matter');
        return { [ORIGINAL]: text, ...readFields(parts[2].split('\n').slice(0, -1), 0, head), body: parts[5] };
      },
      toFile({ [ORIGINAL]: text, body = '', ...values }) {
        const [, open, lines, close, gap] = split(text ?? '') ?? ['', '---\n', '', '---\n', ''];
        const written = writeFields(lines.split('\n').slice(0, -1), 0, head, values);
        return `${open}${written.map((line) => `${line}\n`).join('')}${close}${gap}${body}`;
      },
    };
  }

  /** A file with one record: its id, and its fields below it. */
  function record(form) {
    const own = form.filter(({ name }) => ![ORIGINAL, 'id'].includes(name));
    return {
      fromFile(text) {
        const all = blocks(text.split('\n'), 0).filter(({ key }) => key !== null);
        if (all.length !== 1) throw new Error('the file has more than one record');
        return { [ORIGINAL]: text, id: all[0].key, ...readFields(all[0].lines.slice(1), depthOf(all[0].lines), own) };
      },
      toFile({ [ORIGINAL]: text, id, ...values }) {
        return joined(blocks(text ? text.split('\n') : [`${id}:`], 0).map((block) => (block.key === null ? block.lines : edited(block, id, own, values))));
      },
    };
  }

  /** A file with many records, each below its id. */
  function records(form) {
    const own = form.find(({ name }) => name === 'records').fields.filter(({ name }) => name !== 'id');
    const named = (text) => {
      const found = [];
      let before = [];
      for (const block of blocks(text ? text.split('\n') : [], 0)) {
        if (block.key === null) before.push(...block.lines);
        else found.push({ ...block, before: before.splice(0) });
      }
      return { found, after: before };
    };
    return {
      fromFile(text) {
        const { found } = named(text);
        return { [ORIGINAL]: text, records: found.map((block) => ({ id: block.key, ...readFields(block.lines.slice(1), depthOf(block.lines), own) })) };
      },
      toFile({ [ORIGINAL]: text, records: list = [] }) {
        const { found, after } = named(text);
        // What stands before the first record speaks of the file.
        const opening = found[0]?.before.splice(0) ?? [];
        const apart = found.slice(1).every(({ before }) => before[0] === '') && found.length > 1 ? [''] : [];
        const all = list.map(({ id, ...values }, at) => {
          const old = found.find(({ key }) => key === id);
          const lines = edited(old ?? { key: id, lines: [`${id}:`] }, id, own, values);
          return [...(old && old !== found[0] ? old.before : at > 0 ? apart : []), ...lines];
        });
        return joined([opening, ...all, after]);
      },
    };
  }

  const depthOf = (lines) => (lines.length > 1 ? indentOf(lines[1]) : 2);
  const joined = (parts) => parts.flat().join('\n');

  /** A record with the values of a form. One that is written on a single line is not taken apart. */
  function edited(block, id, own, values) {
    const [first, ...rest] = block.lines;
    const isOpen = /:\s*$/.test(first);
    if (!isOpen && filled(Object.fromEntries(own.map(({ name }) => [name, values[name]])))) {
      throw new Error(`${id}: the file has this record on one line; edit the file itself`);
    }
    const written = isOpen ? writeFields(rest, depthOf(block.lines), own, values) : rest;
    return [id === block.key ? first : first.replace(block.key, id), ...written];
  }

  const KINDS = { page, record, records };

  /** Calls the languages of texts by their names, where they have none but their tags. */
  function nameLanguages(form) {
    const names = new Intl.DisplayNames(['en'], { type: 'language' });
    for (const field of form) {
      if (isText(field)) for (const part of field.fields) part.label = part.label === part.name ? names.of(part.name) : part.label;
      else nameLanguages(field.fields ?? []);
    }
  }

  /** The formats that a configuration names: `page pages`, `record sources`. */
  function formats(config) {
    const found = config.collections.flatMap((collection) => collection.files ?? [collection]);
    return found.map(({ format, fields: form }) => {
      nameLanguages(form);
      const [kind] = format.split(' ');
      return { name: format, extension: kind === 'page' ? 'md' : 'yaml', methods: KINDS[kind](form) };
    });
  }

  window.sourcebookFormats = formats;
  document.addEventListener('DOMContentLoaded', async () => {
    const config = await (await fetch('config.yml')).json();
    // Before the editor's own rule for the font of its icons, which leads to another host.
    document.fonts.add(new FontFace('Material Symbols Outlined', 'url(icons.woff2)', { weight: '100 700' }));
    for (const { name, extension, methods } of formats(config)) window.CMS.registerCustomFormat(name, extension, methods);
    window.CMS.init({ config: { ...config, load_config_file: false } });
  });
})();
