-- Asks pandoc what it reads in each string of the corpus, and in as many more as are made here, and prints its answers as JSON.
--
--     pandoc lua tests/pandoc/ask.lua tests/pandoc > tests/pandoc/expected.json
--
-- Quotation marks and dashes stay as they are written (`-smart`), as they do in Sourcebook. The tree says id, mode, prefix and suffix of
-- each citation; which part of a suffix is a locator only citeproc knows, so that each suffix goes through a style that lays it open.

local folder = arg[1] or 'tests/pandoc'
local FORMAT = 'markdown-smart'
local GENERATED = 260

local function read_file(name)
  local file = assert(io.open(folder .. '/' .. name, 'rb'))
  local text = file:read('a')
  file:close()
  return text
end

-- The strings picked by hand ------------------------------------------------------------------------------------------------------------

local function picked()
  local strings = {}
  for line in read_file('corpus.txt'):gmatch('[^\n]+') do
    if not (line:find('^//') or line:find('^=== ')) then
      strings[#strings + 1] = (line:gsub('⏎', '\n'))
    end
  end
  return strings
end

-- Strings made of pieces, the same ones each time ---------------------------------------------------------------------------------------

local state = 20231007
local function below(limit)
  state = (state * 1103515245 + 12345) % 2147483648
  return (state >> 8) % limit
end
local function one_of(list)
  return list[below(#list) + 1]
end
local function maybe(chances, make)
  return below(10) < chances and make() or ''
end

local KEYS = { 'a', 'b-2024', 'hrw-2024-07', 'c.d', 'e_f', 'icj-2024-01-26', '{a--b}', 'disputes:a', 'a#q1' }
local NUMBERS = { '3', '12', '3-5', '120–122', '3, 5', '3, 5-7', 'iv', 'iv-ix', '12(2)(a)', '٣', '٣–٥', '3 & 5', 'A4', '2.1' }
local TONGUES = {
  {
    labels = { 'p. ', 'pp. ', 'page ', 'para. ', 'paras. ', '§ ', 'sec. ', 'art. ', 'chap. ', 'vol. ', 'n. ', 'fig. ', 'p.', '' },
    before = { 'see ', 'see also ', 'cf. ', 'e.g. ', 'compare ', 'but see, ' },
    after = { ', and after', ' and after', ', passim', ' (with sources)', ', in 1948', ', as amended', ', who differs' },
    words = { 'It was said ', 'As reported ', 'On that day, ', '“It was so” ' },
    comma = ', ', semicolon = '; ',
  },
  {
    labels = { 'עמ׳ ', "עמ' ", 'עמוד ', 'עמודים ', 'פסקה ', 'סעיף ', 'פרק ', 'כרך ', 'הערה ', 'p. ', '' },
    before = { 'ראו ', 'ראו גם ', 'השוו ', 'לפי ' },
    after = { ', ואילך', ' ואילך', ', בתרגום', ' (ההדגשה במקור)', ', בנוסח המתוקן' },
    words = { 'כך נאמר ', 'לפי דו״ח צה״ל ', 'באותו יום, ', 'לדברי העדים ' },
    comma = ', ', semicolon = '; ',
  },
  {
    labels = { 'ص ', 'ص. ', 'ص', 'صفحة ', 'فقرة ', 'الفقرات ', 'المادة ', 'الفصل ', 'p. ', '' },
    before = { 'انظر ', 'انظر أيضا ', 'قارن ', 'وفق ' },
    after = { '، وما بعدها', ' وما بعدها', '، بتصرف', ' (التشديد في الأصل)', ', بصيغتها المعدلة' },
    words = { 'هكذا قيل ', 'وفي ذلك اليوم، ', 'بحسب الشهود ', '«كان كذلك» ' },
    comma = '، ', semicolon = '؛ ',
  },
}

local function place(tongue)
  return one_of(tongue.labels) .. one_of(NUMBERS)
end

local function tail(tongue)
  local form = below(10)
  if form < 2 then return '' end
  if form < 3 then return '{' .. place(tongue) .. '}' .. maybe(4, function() return one_of(tongue.after) end) end
  if form < 4 then return one_of(tongue.after) end
  local comma = below(10) < 8 and ', ' or below(10) < 5 and tongue.comma or ' '
  return comma .. place(tongue) .. maybe(4, function() return one_of(tongue.after) end)
end

local function cite(tongue)
  local before = maybe(4, function() return one_of(tongue.before) end)
  local minus = maybe(1, function() return '-' end)
  return before .. minus .. '@' .. one_of(KEYS) .. tail(tongue)
end

local function group(tongue)
  local semicolon = below(10) < 8 and '; ' or tongue.semicolon
  local cites = { cite(tongue) }
  while #cites < 4 and below(10) < 4 do cites[#cites + 1] = cite(tongue) end
  return '[' .. table.concat(cites, semicolon) .. ']'
end

local function narrative(tongue)
  local key = maybe(1, function() return '-' end) .. '@' .. one_of(KEYS)
  return key .. maybe(6, function()
    return ' [' .. place(tongue) .. maybe(3, function() return one_of(tongue.after) end) .. ']'
  end)
end

local function generated()
  local strings = {}
  for index = 1, GENERATED do
    -- English first, then Hebrew and Arabic, and sometimes the labels of one language in the text of another.
    local tongue = TONGUES[index % 3 + 1]
    local inner = below(10) < 8 and tongue or one_of(TONGUES)
    local body = below(10) < 7 and group(inner) or narrative(inner) .. ' ' .. one_of(tongue.words):gsub(' $', '')
    strings[index] = one_of(tongue.words) .. body .. one_of({ '.', ',', ':', '', '.' })
  end
  return strings
end

-- What pandoc reads ---------------------------------------------------------------------------------------------------------------------

local MODES = { AuthorInText = 'author-in-text', SuppressAuthor = 'suppress-author', NormalCitation = 'normal' }

-- Words as they stand; pandoc's own function leaves notes out and writes breaks as spaces.
local function words(inlines)
  return pandoc.utils.stringify(inlines)
end

local function locator_of(suffix)
  -- A citation within a suffix is words to the one around it.
  suffix = suffix:walk({ Cite = function(inner) return inner.content end })
  local cite = pandoc.Cite({}, { pandoc.Citation('x', 'NormalCitation', {}, suffix) })
  local doc = pandoc.Pandoc({ pandoc.Para({ cite }) }, {
    csl = folder .. '/locators.csl',
    references = { { id = 'x', type = 'book', title = 'x' } },
    ['suppress-bibliography'] = true,
  })
  local text = words(pandoc.utils.citeproc(doc).blocks)
  local inner, rest = text:match('⟦(.-)⟧(.*)$')
  assert(inner, 'the style printed: ' .. text)
  local label, value = inner:match('^(.-)‖(.*)$')
  return label, value, rest
end

local function citations(cite)
  local list = {}
  for index, citation in ipairs(cite.citations) do
    local label, value, rest = locator_of(citation.suffix)
    list[index] = {
      { 'id', citation.id },
      { 'mode', assert(MODES[citation.mode]) },
      { 'prefix', words(citation.prefix) },
      { 'label', label or '' },
      { 'locator', value or '' },
      { 'suffix', rest },
    }
  end
  return list
end

local function groups(text)
  local found = {}
  pandoc.read(text, FORMAT):walk({
    traverse = 'topdown',
    Cite = function(cite)
      found[#found + 1] = citations(cite)
      return cite, false
    end,
  })
  return found
end

-- JSON, one string a line ---------------------------------------------------------------------------------------------------------------

local function quoted(text)
  return pandoc.json.encode(text)
end

local function object(fields)
  local parts = {}
  for _, field in ipairs(fields) do
    if field[2] ~= '' or field[1] == 'id' then parts[#parts + 1] = quoted(field[1]) .. ': ' .. quoted(field[2]) end
  end
  return '{' .. table.concat(parts, ', ') .. '}'
end

local function list(items, write)
  local parts = {}
  for index, item in ipairs(items) do parts[index] = write(item) end
  return '[' .. table.concat(parts, ', ') .. ']'
end

local function answers(strings)
  local lines = {}
  for index, text in ipairs(strings) do
    local read = list(groups(text), function(group) return list(group, object) end)
    lines[index] = '    {"text": ' .. quoted(text) .. ', "read": ' .. read .. '}'
  end
  return '[\n' .. table.concat(lines, ',\n') .. '\n  ]'
end

io.write(
  '{\n  "pandoc": ', quoted(tostring(PANDOC_VERSION)),
  ',\n  "format": ', quoted(FORMAT),
  ',\n  "picked": ', answers(picked()),
  ',\n  "generated": ', answers(generated()), '\n}\n'
)
