-- Put behind `sorted` and `places` in front of every script that gives out positions on the wire.
local found = tonumber(redis.call('GET', '{wire}:position') or '0')
local position = found

-- Each time that Redis runs anew (a restart, a restored copy, a replica in the master's place) it may have lost
-- what was confirmed last: the next change begins an incarnation, so that no cursor means two different changes.
local function begin_anew()
  local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
  local last = redis.call('LINDEX', '{wire}:incarnations', -1)
  if last and string.match(last, '^%S+ %S+ (%S+)') == run then return end
  local time = redis.call('TIME')
  local name = string.sub(run, 1, 8) .. time[1] .. time[2]
  redis.call('RPUSH', '{wire}:incarnations', table.concat({ name, found, run, time[1] }, ' '))
end

-- Feed -> articles that it holds more than before; refs that enter it, which is how they stand in its archive.
local grown, entering = {}, {}

-- Feeds whose members are being chosen anew: they may still hold what the old rule put there.
local is_filling = {}
for _, feed in ipairs(redis.call('HKEYS', '{wire}:filling')) do is_filling[feed] = true end

local function number_of(feed)
  if not known_number(feed) then
    numbers[feed] = string.format('%.0f', redis.call('HLEN', '{wire}:numbers'))
    redis.call('HSET', '{wire}:numbers', feed, numbers[feed])
  end
  return numbers[feed]
end

-- Number of a feed -> position of the article's last change there; `left`: it is there no longer; `entered`: by that
-- change it came there.
local function read_places(ref)
  local text = places_text(ref)
  local places = { ref = ref, text = text, wire = string.match(text, '^%d+'), at = {}, left = {}, entered = {} }
  for left, number, entered, at in each_place(text) do
    places.at[number] = at == '' and places.wire or at
    places.left[number] = left == '-' or nil
    places.entered[number] = entered == '+' or nil
  end
  return places
end

local function write_places(places)
  local words = { places.wire }
  for number, at in pairs(places.at) do
    local word = (places.left[number] and '-' or '') .. number .. (places.entered[number] and '+' or '')
    words[#words + 1] = word .. (at == places.wire and '' or ':' .. at)
  end
  local text = table.concat(words, ' ')
  if text ~= places.text then redis.call('HSET', places_key(places.ref), places.ref, text) end
end

-- The article changes on the wire at this position.
local function tell_wire(places)
  local now = string.format('%.0f', position)
  if places.wire ~= '0' then take('{wire}:told', places.wire, places.ref) end
  places.wire = now
  put('{wire}:told', now, places.ref)
end

-- Feeds in which something has changed: who waits for them is told.
local stirred = {}

-- The article changes in this feed, or leaves it, at this position.
local function tell_feed(places, feed)
  local number, now, set = number_of(feed), string.format('%.0f', position), '{wire}:feed:' .. feed .. ':told'
  local before = places.at[number]
  if before == now then return end
  if before then take(set, before, places.ref) end
  places.at[number] = now
  places.entered[number] = nil
  stirred[feed] = true
  put(set, now, places.ref)
end

local function is_member(places, feed)
  local number = number_of(feed)
  return places.at[number] and not places.left[number]
end

-- What a new rule finds enters the archive behind all that was there before the rule, in order of publication.
local function enter(places, feed, published)
  if is_filling[feed] then
    redis.call('ZADD', '{wire}:feed:' .. feed .. ':entering', published, places.ref)
  else
    local list = entering[feed] or {}
    list[#list + 1] = places.ref
    entering[feed] = list
  end
end

local function join(places, feed, published)
  local number = number_of(feed)
  if not places.at[number] then enter(places, feed, published) end
  if not is_member(places, feed) then
    put('{wire}:feed:' .. feed .. ':members', published, places.ref)
    grown[feed] = (grown[feed] or 0) + 1
    places.left[number] = nil
    tell_feed(places, feed)
    places.entered[number] = true
  else
    tell_feed(places, feed)
  end
end

-- Of what the feed does not hold nothing is told.
local function leave(places, feed, published)
  if not is_member(places, feed) then return false end
  take('{wire}:feed:' .. feed .. ':members', published, places.ref)
  grown[feed] = (grown[feed] or 0) - 1
  places.left[number_of(feed)] = true
  tell_feed(places, feed)
  return true
end

-- Wakes who waits: `REVISION INCARNATION FROM TO FEED ...`, what changed from one position to the other, in which feeds;
-- `*` for any.
local function wake(feeds)
  local incarnation = string.match(redis.call('LINDEX', '{wire}:incarnations', -1) or '', '^%S+') or ''
  local revision = redis.call('HGET', '{wire}:definitions', 'revision') or ''
  local stretch = string.format('%.0f %.0f', found, position)
  redis.call('PUBLISH', 'feedwire:told', table.concat({ revision, incarnation, stretch, feeds }, ' '))
end

local function names_of(feeds)
  local names = {}
  for feed in pairs(feeds) do names[#names + 1] = feed end
  return #names > 100 and '*' or table.concat(names, ' ')
end

-- `now` in milliseconds: of each second the last position is kept, to tell when a change was made.
local function keep_position(now)
  for feed, more in pairs(grown) do redis.call('HINCRBY', '{wire}:sizes', feed, more) end
  for feed, list in pairs(entering) do
    -- Lua passes a few thousand arguments at most.
    for i = 1, #list, 1000 do
      redis.call('RPUSH', '{wire}:feed:' .. feed .. ':entered', unpack(list, i, math.min(i + 999, #list)))
    end
  end
  if position == found then return end
  begin_anew()
  redis.call('SET', '{wire}:position', position)
  redis.call('ZADD', '{wire}:moments', position, string.format('%d', math.floor(tonumber(now) / 1000)))
  wake(names_of(stirred))
end

