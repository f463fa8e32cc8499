-- Answers one JSON object a line with one line: docterm's questions to Pandoc, in one process for all of them.
io.stdout:setvbuf('line')

local function say(text)
  io.write((text:gsub('\n', ' ')), '\n')
end

local answers = {}

-- A document of citations, processed with the records: both are JSON in a string, so that nothing changes on the way.
function answers.cite(asked)
  local document = pandoc.read(asked.document, 'json')
  document.meta.references = pandoc.read(asked.items, 'csljson').meta.references
  return pandoc.write(pandoc.utils.citeproc(document), 'json')
end

-- Text in one format, written in another; no file outside it is read.
function answers.convert(asked)
  local document = pandoc.read(asked.text, asked.from, nil, {})
  return pandoc.write(document, asked.to, pandoc.WriterOptions({wrap_text = 'none'}))
end

say(pandoc.json.encode({version = tostring(PANDOC_VERSION)}))
for line in io.lines() do
  local done, result = pcall(function()
    local asked = pandoc.json.decode(line, false)
    return answers[asked.task](asked)
  end)
  say(pandoc.json.encode(done and {answer = result} or {error = tostring(result)}))
end
