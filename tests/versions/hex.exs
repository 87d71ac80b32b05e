# What Elixir says of each line "A\tB", or with the word "ranges" of each "RANGE\tVERSION".
ranges = System.argv() != []

order = fn a, b ->
  case {Version.parse(a), Version.parse(b)} do
    {{:ok, a}, {:ok, b}} -> %{lt: "<", eq: "=", gt: ">"}[Version.compare(a, b)]
    _ -> "E"
  end
end

within = fn range, version ->
  case {Version.parse_requirement(range), Version.parse(version)} do
    {{:ok, range}, {:ok, version}} -> if Version.match?(version, range), do: "in", else: "out"
    _ -> "E"
  end
end

IO.stream(:stdio, :line)
|> Stream.map(fn line ->
  [a, b] = line |> String.trim_trailing("\n") |> String.split("\t")
  [if(ranges, do: within.(a, b), else: order.(a, b)), "\n"]
end)
|> Stream.chunk_every(1000)
|> Enum.each(&IO.write/1)
