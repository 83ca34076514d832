-- What a caller has to learn after its cursor, each article once as it is now, at one moment. KEYS[1] any key of the
-- slot; ARGV[1] revision of the caller's definitions; ARGV[2] the newest act that it knows ('': none concern it);
-- ARGV[3] position, ARGV[4] minor ('': behind all of that position); ARGV[5] position at which it began from nothing, or
-- ''; ARGV[6] how many at the most; then for each feed that it has or had: feed, position from which, position until
-- which or '', 1 if it had the feed before that else 0.
-- What changes is told in order of (position, minor): a change in a feed at its position (p, 0); what stands in a feed
-- that was given at G at (G, p), what stands in one that was taken at T at (T, p).
-- Returns false when definitions or acts are others, else { incarnations, newest position, 1 if that is all else 0,
-- position and minor looked through, feeds that are being filled, the newest takedown or '', then one list for all
-- articles, of each: ref, position, minor, head, seconds at which that was or '', 1 if it enters else 0, 1 if it never
-- stood in a feed that the caller has now else 0, which of its feeds hold it (from 0) }.
if (redis.call('HGET', '{wire}:definitions', 'revision') or '') ~= ARGV[1] then return false end
if ARGV[2] ~= '' and (redis.call('GET', '{wire}:act') or '0') ~= ARGV[2] then return false end
local position, start, limit = tonumber(ARGV[3]), tonumber(ARGV[5]) or -1, tonumber(ARGV[6])
local minor = tonumber(ARGV[4]) or math.huge
local newest = tonumber(redis.call('GET', '{wire}:position') or '0')

-- Number of a feed -> what the caller has or had of it.
local grants, grants_of = {}, {}
for i = 7, #ARGV, 4 do
  local feed = ARGV[i]
  local grant = {
    name = tostring(#grants),
    set = '{wire}:feed:' .. feed .. ':told',
    from = tonumber(ARGV[i + 1]),
    till = tonumber(ARGV[i + 2]),
    again = ARGV[i + 3] == '1',
  }
  -- Who began later finds it as if it had always been there.
  if grant.from <= start then grant.from = 0 end
  grants[#grants + 1] = grant
  local number = known_number(feed)
  if number then
    grants_of[number] = grants_of[number] or {}
    table.insert(grants_of[number], grant)
  end
end

-- Where an article that changed last at a position of this feed is told; nothing where it is not.
local function key_of(grant, at, is_gone, is_killed)
  if grant.till then
    if is_killed and at > grant.till then return at, 0 end
    if grant.till <= start then return nil end
    return grant.till, at
  end
  if at > grant.from then return at, 0 end
  if is_gone and not grant.again then return nil end
  return grant.from, at
end

-- Each a range of a feed's changes; `base`: all of it is told at that position. The first few are read, then more.
local walks = {}
local width = math.max(2, math.ceil(limit / math.max(1, #grants)))

local function go_on(walk)
  if walk.next > #walk.found then
    if walk.is_over then return false end
    walk.found, walk.next = above(walk.set, walk.score, walk.width), 1
    walk.is_over = #walk.found < walk.width * 2
    walk.width = math.min(walk.width * 4, 128)
    if #walk.found == 0 then return false end
  end
  walk.ref, walk.score = walk.found[walk.next], walk.found[walk.next + 1]
  walk.next = walk.next + 2
  local at = tonumber(walk.score)
  if at > walk.upto then return false end
  walk.p, walk.m = walk.base or at, walk.base and at or 0
  return true
end

local function is_before(a, b) return a.p < b.p or (a.p == b.p and a.m < b.m) end

-- The walks as a heap: the one with the earliest change on top.
local function sink(i)
  while true do
    local least = i
    for child = 2 * i, 2 * i + 1 do
      if walks[child] and is_before(walks[child], walks[least]) then least = child end
    end
    if least == i then return end
    walks[i], walks[least] = walks[least], walks[i]
    i = least
  end
end

local function begin(set, after, upto, base)
  if after >= newest and not base then return end
  local score = string.format('%.0f', after)
  local walk = { set = set, score = score, upto = upto, base = base, found = {}, next = 1, width = width }
  if go_on(walk) then walks[#walks + 1] = walk end
end

for _, grant in ipairs(grants) do
  local base = grant.till or grant.from
  if base > start and position <= base and base > 0 then
    local after = position < base and 0 or minor
    if after < math.huge then begin(grant.set, after, grant.till and math.huge or base, base) end
  end
  begin(grant.set, math.max(position, base, grant.till and start or -1), math.huge)
end
for i = math.floor(#walks / 2), 1, -1 do sink(i) end

local moments = { last = -1, second = '' }
local function second_of(at)
  if at > moments.last then
    local found = redis.call('ZRANGE', '{wire}:moments', string.format('%.0f', at), '+inf', 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')
    moments = { last = tonumber(found[2]) or math.huge, second = found[1] or '' }
  end
  return moments.second
end

-- As in `encodeHead`, or the object that earlier versions of this program wrote.
local words = { usable = '0', withheld = '1', canceled = '2' }
local function status_of(head)
  return string.match(head, '^%["[^"]*",%d+,(%d)') or words[cjson.decode(head).pubStatus]
end

-- Eight for each article: lists of their own would cost more than what they hold.
local told, count = {}, 0

-- What stands behind the position in a text of places, as far as the caller has or had these feeds. Most articles of a
-- feed stand in the same feeds: it is taken apart once.
local known_places = {}
local function granted_places(text)
  local places = known_places[text]
  if places then return places end
  places = {}
  for left, number, entered, at in each_place(text) do
    for _, grant in ipairs(grants_of[number] or {}) do
      places[#places + 1] = { grant = grant, at = tonumber(at), is_gone = left == '-', enters = entered == '+' }
    end
  end
  known_places[text] = places
  return places
end

-- Told where its last key is, and only there.
local function look(ref, head, p, m)
  if not head then return end
  local status = status_of(head)
  local wire, places = string.match(places_text(ref), '^(%d+)(.*)$')
  wire = tonumber(wire)
  local best_p, best_m = -1, -1
  local holders, enters, is_foreign = '', true, true
  for _, place in ipairs(granted_places(places)) do
    local grant = place.grant
    local key_p, key_m = key_of(grant, place.at or wire, place.is_gone, status == '2')
    if key_p and (key_p > best_p or (key_p == best_p and key_m > best_m)) then best_p, best_m = key_p, key_m end
    if not grant.till then
      is_foreign = false
      if not place.is_gone then
        holders = holders == '' and grant.name or holders .. ' ' .. grant.name
        enters = enters and place.enters
      end
    end
  end
  if best_p ~= p or best_m ~= m then return end
  local is_in = holders ~= '' and status == '0'
  if not is_in and p <= start then return end
  -- A rule brought it, or the feed was given, and the article itself has not changed.
  enters = enters or m > 0 or p > wire
  local n = count * 8
  count = count + 1
  told[n + 1], told[n + 2], told[n + 3], told[n + 4] = ref, p, m, head
  told[n + 5], told[n + 6], told[n + 7] = second_of(p), enters and 1 or 0, is_foreign and 1 or 0
  told[n + 8] = is_in and holders or ''
end

-- Looked at by one script: about ten milliseconds.
local left = 1000

-- The next candidates, as many as may be told yet: refs, positions, minors.
local function next_few()
  local refs, ps, ms = {}, {}, {}
  local most = math.min(limit - count, 500)
  while #walks > 0 and #refs < most and left > 0 do
    local walk = walks[1]
    left = left - 1
    -- What changed in several feeds at once stands in all of their walks, here one after the other.
    if walk.p ~= position or walk.m ~= minor then
      position, minor = walk.p, walk.m
      local n = #refs + 1
      refs[n], ps[n], ms[n] = walk.ref, position, minor
    end
    if not go_on(walk) then
      walks[1] = walks[#walks]
      walks[#walks] = nil
    end
    if #walks > 1 then sink(1) end
  end
  return refs, ps, ms
end

while #walks > 0 and count < limit and left > 0 do
  local refs, ps, ms = next_few()
  local heads = #refs > 0 and redis.call('HMGET', '{wire}:heads', unpack(refs)) or {}
  for i = 1, #refs do look(refs[i], heads[i], ps[i], ms[i]) end
end
return {
  redis.call('LRANGE', '{wire}:incarnations', 0, -1),
  string.format('%.0f', newest),
  #walks == 0 and 1 or 0,
  string.format('%.0f', position),
  minor == math.huge and '' or string.format('%.0f', minor),
  redis.call('HKEYS', '{wire}:filling'),
  redis.call('HGET', '{wire}:takedowns', 'newest') or '',
  told,
}
