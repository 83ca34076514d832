-- Puts definitions in force. KEYS[1] any key of the slot; ARGV[1] document; ARGV[2..] feed, digest of its rule, 1 if it
-- is for everybody else 0, ...
-- A feed whose rule is new has to be filled from the store, where there is something to fill it with. A feed that is
-- dropped is forgotten but for its editions, which lie in another slot, and for what it held: where it comes back,
-- whoever has its articles has to learn what has left meanwhile.
-- Returns the revision.
if not redis.call('GET', '{wire}:epoch') then
  -- Unique without a clock or chance of its own: the server's run and moment.
  local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
  local time = redis.call('TIME')
  local name = string.sub(run, 1, 8) .. time[1] .. time[2]
  redis.call('SET', '{wire}:epoch', name)
  redis.call('RPUSH', '{wire}:incarnations', table.concat({ name, 0, run, time[1] }, ' '))
elseif redis.call('EXISTS', '{wire}:incarnations') == 0 then
  -- A store from before there were incarnations. Its log has given way to states.
  redis.call('RPUSH', '{wire}:incarnations', redis.call('GET', '{wire}:epoch') .. ' 0 - 0')
  redis.call('UNLINK', '{wire}:log')
end
if redis.call('GET', '{wire}:layout') ~= '2' then
  redis.call('SET', '{wire}:layout', '2')
  if redis.call('HLEN', '{wire}:heads') > 0 then
    -- A store as earlier versions of this program wrote it. Its feeds are filled anew, at new positions: what had left
    -- them is known no longer, so every cursor of before is lost and whoever has one learns all there is.
    for _, feed in ipairs(redis.call('HKEYS', '{wire}:rules')) do
      for _, set in ipairs({ 'members', 'entered', 'changes' }) do redis.call('UNLINK', '{wire}:' .. set .. ':' .. feed) end
    end
    redis.call('UNLINK', '{wire}:changes', '{wire}:rules')
    redis.call('HDEL', '{wire}:definitions', 'document')
    local run, time = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)'), redis.call('TIME')
    redis.call('RPUSH', '{wire}:incarnations', table.concat({ string.sub(run, 1, 8) .. time[1] .. time[2], 0, run, time[1] }, ' '))
  end
end
if redis.call('HGET', '{wire}:definitions', 'document') == ARGV[1] then
  return redis.call('HGET', '{wire}:definitions', 'revision')
end
-- Begins with the time, so that no revision comes back after the data were lost.
redis.call('HSETNX', '{wire}:definitions', 'revision', redis.call('TIME')[1])
local revision = redis.call('HINCRBY', '{wire}:definitions', 'revision', 1)
redis.call('HSET', '{wire}:definitions', 'document', ARGV[1])

local empty = redis.call('HLEN', '{wire}:heads') == 0
local named = {}
local is_open = {}
for i = 2, #ARGV, 3 do
  local feed, rule = ARGV[i], ARGV[i + 1]
  named[feed] = true
  is_open[feed] = ARGV[i + 2] == '1' or nil
  if redis.call('HGET', '{wire}:rules', feed) ~= rule then
    redis.call('HSET', '{wire}:rules', feed, rule)
    if not empty then
      redis.call('HSET', '{wire}:filling', feed, redis.call('GET', '{wire}:position') or 0)
    end
  end
end
for _, feed in ipairs(redis.call('HKEYS', '{wire}:rules')) do
  if not named[feed] then
    for _, hash in ipairs({ 'rules', 'filling', 'touched', 'changed' }) do
      redis.call('HDEL', '{wire}:' .. hash, feed)
    end
  end
end

-- When a feed was opened to everybody and closed again: whoever follows all public feeds learns what that brings and
-- takes, at a position of its own. `FROM`, `FROM UNTIL`, or `FROM UNTIL FROM`: of what is longer past nobody has to know.
local function act()
  if position == found then position = position + 1 end
  return string.format('%.0f', position)
end

for feed in pairs(is_open) do
  local was = redis.call('HGET', '{wire}:opened', feed)
  if not was then
    redis.call('HSET', '{wire}:opened', feed, known_number(feed) and act() or '0')
  elseif string.find(was, '^%d+ %d+$') then
    redis.call('HSET', '{wire}:opened', feed, was .. ' ' .. act())
  end
end
local opened = redis.call('HGETALL', '{wire}:opened')
for i = 1, #opened, 2 do
  if not is_open[opened[i]] and not string.find(opened[i + 1], '^%d+ %d+$') then
    redis.call('HSET', '{wire}:opened', opened[i], string.match(opened[i + 1], '^%d+') .. ' ' .. act())
  end
end
keep_position(redis.call('TIME')[1] * 1000)
wake('*')
return revision
