-- Put in front of scripts that ask where an article stands: `WIRE FEED FEED:POSITION -FEED ...`, its position on the whole
-- wire (0: not on it), then for each feed that ever held it the feed's number, with the position of its last change
-- there where that is another; with a hyphen where it has left (`-FEED`), with a plus where it entered by that change
-- (`FEED+`). In hashes so small that Redis keeps them in a few bytes.
local numbers = {}

-- Nothing where the feed never held an article.
local function known_number(feed)
  numbers[feed] = numbers[feed] or redis.call('HGET', '{wire}:numbers', feed) or nil
  return numbers[feed]
end

local function places_key(ref) return '{wire}:places:' .. (string.match(ref, '/(..?)') or '') end

local function places_text(ref) return redis.call('HGET', places_key(ref), ref) or '0' end

-- Does the feed with this number hold the article now?
local function holds(text, number)
  return number and string.find(text .. ' ', ' ' .. number .. '[+: ]') ~= nil
end

-- For each article 1 if the feed holds it now, else 0.
local function held_by(feed, refs)
  local held, number = {}, known_number(feed)
  for i, ref in ipairs(refs) do held[i] = holds(places_text(ref), number) and 1 or 0 end
  return held
end


-- Of each feed in a text of places: '-' where it has left, its number, '+' where it entered last, its position or ''.
local function each_place(text) return string.gmatch(text, ' (-?)(%d+)(%+?):?(%d*)') end
