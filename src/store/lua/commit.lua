-- Commits changes, each whole or not at all, in the order given.
-- KEYS[1] any key of the slot; ARGV[1] revision of the definitions that the caller chose feeds by;
-- ARGV[2] now, in milliseconds; ARGV[3..] changes (store/commits.ts, `Change`): each as JSON, and after it for each of
-- its articles the head as it will stand and as it was read, '' for none.
-- Returns false when the definitions are not those of the caller, else for each change the position on the wire
-- (0 where it put nothing there), or -1 where the store was not as the change expects. Fewer than there are changes when
-- it would have held the store for too long: the rest is the caller's to send again.
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
local function put_fields(key, fields)
  for field, value in pairs(fields or {}) do
    if value == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, value) end
  end
end

-- What was done so far, in feeds looked after, and what is enough for one time: about ten milliseconds.
local work, enough = 0, 1000

-- Feed -> position of its last change, and seconds of its newest: written once, at the end.
local touched, changed = {}, {}

local function touch(feed, seconds)
  touched[feed] = position
  changed[feed] = math.max(changed[feed] or 0, seconds)
end

local function join_feed(places, feed, article)
  join(places, feed, article.published)
  touch(feed, article.changed)
end

-- Keeps the newest word about an article that is taken away or released, with what leads to it, and tells every edge.
local function tell_takedown(ref, takedown)
  local before = redis.call('HGET', '{wire}:takedowns', 'uri:' .. ref) or ''
  local at = math.max(takedown.at or tonumber(ARGV[2]), tonumber(string.match(before, '^%d+') or '0') + 1)
  local told = string.format('%.0f %s', at, takedown.text)
  -- Never the same twice, also where words are put back that are as old as before.
  local time = redis.call('TIME')
  local newest = table.concat({ time[1], time[2], ref }, ' ')
  redis.call('HSET', '{wire}:takedowns', 'uri:' .. ref, told, 'newest', newest)
  for _, bind in ipairs(takedown.binds) do
    if takedown.action ~= 'release' then
      redis.call('HSETNX', '{wire}:takedowns', bind, ref)
    elseif redis.call('HGET', '{wire}:takedowns', bind) == ref then
      redis.call('HDEL', '{wire}:takedowns', bind)
    end
  end
  redis.call('PUBLISH', 'feedwire:takendown', told)
end

-- A kill is for every feed that ever held the article, whatever its rule is now.
local function tell_all_that_held(places)
  local feeds = redis.call('HGETALL', '{wire}:numbers')
  work = work + #feeds / 2
  for i = 1, #feeds, 2 do
    if places.at[feeds[i + 1]] then tell_feed(places, feeds[i]) end
  end
end

-- What a feed that is being filled holds by its old rule goes; and it passes over what has changed since it was read.
local function fill_with(places, article)
  local wanted = {}
  for _, feed in ipairs(article.joins) do wanted[feed] = true end
  for feed in pairs(is_filling) do
    work = work + 1
    if not wanted[feed] then
      leave(places, feed, article.published)
    elseif not article.action then
      join_feed(places, feed, article)
    end
  end
end

-- Who holds what was taken away has to be told.
local function note_away(article)
  if article.action == 'kill' or article.action == 'withhold' then
    redis.call('ZADD', '{wire}:away', position, article.ref)
  elseif article.was ~= '' then
    redis.call('ZREM', '{wire}:away', article.ref)
  end
end

local function move_article(article)
  local is_filled = article.was ~= '' and next(is_filling) ~= nil
  if not article.action and not is_filled then return end
  position = position + 1
  local places = read_places(article.ref)
  if is_filled then fill_with(places, article) end
  if article.action then
    note_away(article)
    tell_wire(places)
    if article.action == 'kill' then tell_all_that_held(places) end
    work = work + #article.leaves + #article.joins
    for _, feed in ipairs(article.leaves) do
      leave(places, feed, article.published)
      touch(feed, article.changed)
    end
    for _, feed in ipairs(article.joins) do join_feed(places, feed, article) end
  end
  write_places(places)
end

local function write_article(article)
  local ref = article.ref
  if article.takedown then tell_takedown(ref, article.takedown) end
  if article.supersedes then redis.call('LPUSH', '{wire}:past:' .. ref, article.was) end
  redis.call('HSET', '{wire}:heads', ref, article.head)
  if article.heldUntil then
    redis.call('ZADD', '{wire}:held', article.heldUntil, ref)
  elseif article.was ~= '' then
    redis.call('ZREM', '{wire}:held', ref)
  end
  if article.nextMoment then
    redis.call('ZADD', '{wire}:turning', article.nextMoment, ref)
  elseif article.was ~= '' then
    redis.call('ZREM', '{wire}:turning', ref)
  end
  move_article(article)
end

local function stands(change)
  if not stands_as_expected('{wire}:files:' .. change.source, change.filesWere) then return false end
  if not stands_as_expected('{wire}:bytes:' .. change.source, change.bytesWere) then return false end
  if not stands_as_expected('{wire}:takedowns', change.takedownsWere) then return false end
  if not stands_as_expected('{wire}:followed', change.followedWere) then return false end
  for _, article in ipairs(change.articles) do
    if (redis.call('HGET', '{wire}:heads', article.ref) or '') ~= article.was then return false end
  end
  return true
end

local positions = {}
local at = 3
while at <= #ARGV and work < enough do
  local change = cjson.decode(ARGV[at])
  at = at + 1
  for _, article in ipairs(change.articles) do
    article.head, article.was = ARGV[at], ARGV[at + 1]
    at = at + 2
  end
  if stands(change) then
    for _, hash in ipairs({ 'files', 'gone', 'bytes', 'rejects', 'warnings' }) do
      put_fields('{wire}:' .. hash .. ':' .. change.source, change[hash])
    end
    put_fields('{wire}:followed', change.followed)
    local before = position
    work = work + 5
    for _, article in ipairs(change.articles) do write_article(article) end
    for _, takedown in ipairs(change.takedowns or {}) do tell_takedown(takedown.ref, takedown) end
    positions[#positions + 1] = position > before and position or 0
  else
    positions[#positions + 1] = -1
  end
end

keep_position(ARGV[2])
for feed, at in pairs(touched) do
  redis.call('HSET', '{wire}:touched', feed, at)
  if changed[feed] > tonumber(redis.call('HGET', '{wire}:changed', feed) or '-1') then
    redis.call('HSET', '{wire}:changed', feed, changed[feed])
  end
end
return positions
