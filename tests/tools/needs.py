"""Whether packages depend on each other as their own tools say.

A package has an edge to one that provides what it needs, where any does; and it has no
other edges. Which of several providers it is does not matter."""


def wrong(packages, needs, provides):
    """packages as JSON of lotse has them; needs: of each, lists of words of which one will do;
    provides: of each, the words it stands for. What is wrong, in words."""
    bad, of = [], {}
    for i, words in enumerate(provides):
        for word in words:
            of.setdefault(word, set()).add(i)
    for i, p in enumerate(packages):
        edges, allowed = set(p.get("dependsOn", [])), set()
        for one in needs[i]:
            providers = set().union(*(of.get(word, set()) for word in one))
            allowed |= providers
            if providers and i not in providers and not edges & providers:
                bad.append(f"{p['name']} does not need {'|'.join(one)}, which {packages[min(providers)]['name']} provides")
        bad += [f"{p['name']} needs {packages[e]['name']} for no reason" for e in edges - allowed]
    return bad


def edges(packages):
    return sum(len(p.get("dependsOn", [])) for p in packages)
