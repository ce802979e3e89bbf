"""The plan: from holdings, prices, targets and markets to trades that can really be made.

``proposal.propose_plan`` is the one way in; ``document.plan_document`` writes the answer down. This package imports
nothing by itself, so that the certificate can read its words (``inputs``, ``reasons``) without ever loading the
solver.
"""
