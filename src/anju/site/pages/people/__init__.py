"""机构与人员: bureaus, sections, people, their posts and roles, for those who manage them or grant."""
