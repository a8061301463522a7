"""Wrong answers that the checks must reject: one folder per chapter, one module per exercise.

Every function of such a module is one mistake: its name says which (`divides_by_d`), its
docstring is the hint that a student gets who made it. It stands alone: its source runs with
nothing but `import numpy as np` above it, so that sample submissions can be made of it.
"""
