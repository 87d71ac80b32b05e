<?php
// Version: 9
