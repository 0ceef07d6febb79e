"""What scripts/bench is made of.

1. `corpus` makes up a site of any size, as values: the same texts for everybody.
2. `sourcebook` and `peers/` write it in the format of each program, and know how that program is found, run and served.
3. `measure` runs programs and says what they cost; `rounds` measures all of them in turn, `latency` how soon a saved change is served, `scale` how cost grows.
4. `machine` and `table` say where and in what form; `graph` draws.

Python's standard library alone.
"""
