"""Batches: a packet for each row of a roster, by processes of this machine or a Dask cluster."""
