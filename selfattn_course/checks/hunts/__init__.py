"""Wrong functions that students are shown and hunt for the inputs that give them away."""
