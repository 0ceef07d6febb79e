//! What may stand in a bracket.
