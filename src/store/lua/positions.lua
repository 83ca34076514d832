-- Put in front of every script that gives out positions on the wire.
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

-- The article changes in this feed, or leaves it, at this position.
local function tell_feed(feed, ref)
  redis.call('ZADD', '{wire}:changes:' .. feed, position, ref)
end

-- `now` in milliseconds: of each second the last position is kept, to tell when a change was made.
local function keep_position(now)
  if position == found then return end
  begin_anew()
  redis.call('SET', '{wire}:position', position)
  redis.call('ZADD', '{wire}:moments', position, string.format('%d', math.floor(tonumber(now) / 1000)))
end

