"""The blocks a handout is made of; a block class in any module here is a block type (see ``block_types``)."""
