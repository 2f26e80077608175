"""What kinds of figure there are; every record in a tuple ``KINDS`` of any module here is one."""
