//! Nothing here: the programs are in the folders beside this one.
