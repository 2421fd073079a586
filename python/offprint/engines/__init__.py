"""offprint inside the engines that crawls are run with: a module an engine, each importing its engine only when it is imported itself.

``offprint.engines.datatrove``, ``.nemo`` (NeMo Curator), ``.ray`` (Ray Data), ``.spark`` and ``.arrow`` (anything that hands over Arrow
batches). docs/engines.md has an example of each.
"""
