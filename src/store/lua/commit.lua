-- Commits changes, each whole or not at all, in the order given.
-- KEYS[1] any key of the slot; ARGV[1] revision of the definitions that the caller chose feeds by;
-- ARGV[2] now, in milliseconds; ARGV[3..] changes as JSON (store/commits.ts, `Change`).
-- Returns false when the definitions are not those of the caller, else for each change the position on the wire
-- (0 where it put nothing there), or -1 where the store was not as the change expects.
if (redis.call('HGET', '{wire}:definitions', 'revision') or '') ~= ARGV[1] then
  return false
end

local function stands_as_expected(key, expectations)
  for field, was in pairs(expectations or {}) do
    if (redis.call('HGET', key, field) or '') ~= was then return false end
  end
  return true
end

-- An empty value takes the field away.
local function put(key, fields)
  for field, value in pairs(fields or {}) do
    if value == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, value) end
  end
end

local function raise(key, field, value)
  if value > tonumber(redis.call('HGET', key, field) or '-1') then redis.call('HSET', key, field, value) end
end

local function write_article(article, now)
  local ref = article.ref
  if article.was ~= '' and article.supersedes then
    redis.call('LPUSH', '{wire}:past:' .. ref, article.was)
  end
  redis.call('HSET', '{wire}:heads', ref, article.head)
  if article.heldUntil then
    redis.call('ZADD', '{wire}:held', article.heldUntil, ref)
  else
    redis.call('ZREM', '{wire}:held', ref)
  end
  if not article.action then return 0 end
  local position = redis.call('INCR', '{wire}:position')
  redis.call('XADD', '{wire}:log', position .. '-0', 'action', article.action, 'ref', ref, 'version', article.version, 'body', article.body, 'at', now)
  for _, feed in ipairs(article.leaves) do
    redis.call('ZREM', '{wire}:members:' .. feed, ref)
    redis.call('HSET', '{wire}:touched', feed, position)
    raise('{wire}:changed', feed, article.changed)
  end
  for _, feed in ipairs(article.joins) do
    redis.call('ZADD', '{wire}:members:' .. feed, article.published, ref)
    redis.call('HSET', '{wire}:touched', feed, position)
    raise('{wire}:changed', feed, article.changed)
  end
  return position
end

local positions = {}
for i = 3, #ARGV do
  local change = cjson.decode(ARGV[i])
  local files, bytes, rejects = '{wire}:files:' .. change.source, '{wire}:bytes:' .. change.source, '{wire}:rejects:' .. change.source
  local expected = stands_as_expected(files, change.filesWere) and stands_as_expected(bytes, change.bytesWere)
  for _, article in ipairs(change.articles) do
    expected = expected and (redis.call('HGET', '{wire}:heads', article.ref) or '') == article.was
  end
  if expected then
    put(files, change.files)
    put('{wire}:gone:' .. change.source, change.gone)
    put(bytes, change.bytes)
    put(rejects, change.rejects)
    local position = 0
    for _, article in ipairs(change.articles) do
      position = math.max(position, write_article(article, ARGV[2]))
    end
    positions[#positions + 1] = position
  else
    positions[#positions + 1] = -1
  end
end
return positions
