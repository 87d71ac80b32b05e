# -*- encoding: utf-8 -*-
# stub: json 2.6.1 ruby lib

Gem::Specification.new do |s|
  s.name = 'json'
  s.version = '2.6.1'
end
