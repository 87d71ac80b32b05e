<?php
/*
 * Plugin Name: Contact Form 7
 * Plugin URI: https://example.org/
 * Description: Just another contact form plugin.
 * Version: 5.8.4
 * License: GPL v2 or later
 */
