<?php
$wp_version = "5.0-alpha";
