"""What is shown: charts, strips, sheets and pages, drawn from values that other rooms made.

`charts` is the house style, `heat` the colours of maps, `strips` rows of small pictures; the
folders are named like the rooms whose values they show. Nothing here reads a picture or runs a
network.
"""
