"""Public utilities (市政公用): roads, parks, pipes, water, gas, street lights, flood pumps, sanitation."""
