"""Rows that a batch holds back or tells of before it makes anything: what they lack."""
