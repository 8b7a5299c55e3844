"""Enforcement and credit (执法与信用): penalty cases, bad conduct, credit points, public notices, the register of enterprises."""
