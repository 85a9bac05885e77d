"""The checks: each finds one kind of fault in the officers' words, with its cell and the remedy.

A check is a generator in a module of this folder, marked `@check`. It yields (place, what is
wrong, what to do) and decides nothing else: `run` stamps its name and its severity.
"""
