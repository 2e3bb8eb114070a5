"""How evenly schools are staffed (均衡): official coefficients and rates."""
