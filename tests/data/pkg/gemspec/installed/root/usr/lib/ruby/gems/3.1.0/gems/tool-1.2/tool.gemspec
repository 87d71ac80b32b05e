Gem::Specification.new do |s|
  s.name = "tool"
  s.version = "1.2.0.rc1"
  s.summary = "x"
  s.authors = ["x"]
  s.licenses = ["MIT", "Ruby"]
  s.add_dependency "base", "~> 1.0"
  s.add_development_dependency "minitest"
end
