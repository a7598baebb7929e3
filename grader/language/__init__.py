"""Reading what students write: statements in prose, and equations that can be evaluated."""
