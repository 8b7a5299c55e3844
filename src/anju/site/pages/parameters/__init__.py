"""政策参数: the values in force with their documents, the history of each, and entering a further one."""
