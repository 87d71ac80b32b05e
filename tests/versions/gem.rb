# A line "A<TAB>B" each: < = > or E; with "ranges", of RANGE<TAB>VERSION: in, out or E;
# with "valid", a version a line: valid or invalid.
require "rubygems"

def version(text)
  Gem::Version.correct?(text) && text.strip != "" ? Gem::Version.new(text) : nil
end

def requirement(text)
  return Gem::Requirement.default if text.strip == ""
  Gem::Requirement.new(text.split(",", -1).map { |one| one =~ /\A\s*\z/ ? "none" : one })
rescue Gem::Requirement::BadRequirementError
  nil
end

what = ARGV[0]
STDIN.each_line(chomp: true) do |line|
  line = line.force_encoding("UTF-8").scrub("?")
  if what == "valid"
    puts version(line) ? "valid" : "invalid"
    next
  end
  a, b = line.split("\t", 2)
  if what == "ranges"
    range, v = requirement(a), version(b)
    puts !range || !v ? "E" : range.satisfied_by?(v) ? "in" : "out"
  else
    x, y = version(a), version(b)
    puts !x || !y ? "E" : { -1 => "<", 0 => "=", 1 => ">" }[x <=> y]
  end
end
