#!/bin/sh
exec acme deploy --wait
