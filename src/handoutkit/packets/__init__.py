"""Packets: handouts put together under one cover, with places for one client's values."""
