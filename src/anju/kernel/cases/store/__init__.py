"""Between rows and the engine: load a case under lock, write back what a move changed, keep its clocks."""
